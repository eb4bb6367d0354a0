package dev.larder.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor.Settings;

/**
 * An application that Spring processed ahead of time, on an ordinary JVM; and one whose classes
 * come from an archive (CDS). Each in a JVM of its own, as generated classes belong to the packages
 * of those they were generated for.
 */
@Tag("long")
class AheadOfTimeTest {

  private static final String WITH_LARDER = "read fern fern moss moss with hits: 2";
  private static final String WITHOUT = "read fern fern moss moss without Larder";

  @TempDir private static Path directory;

  private static Path generated;

  @BeforeAll
  static void process() throws IOException {
    generated = Files.createDirectories(directory.resolve("generated"));
    Path sources = directory.resolve("sources");
    Settings settings =
        Settings.builder()
            .sourceOutput(sources)
            .resourceOutput(generated)
            .classOutput(generated)
            .groupId("dev.larder")
            .artifactId("ahead-of-time")
            .build();
    new SpringApplicationAotProcessor(AheadOfTimeApplication.class, settings, arguments())
        .process();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> command =
        new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", generated.toString()));
    command.addAll(List.of("-classpath", generated + File.pathSeparator + classPath()));
    try (Stream<Path> files = Files.walk(sources)) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(command::add);
    }
    assertThat(compiler.run(null, null, null, command.toArray(new String[0]))).isZero();
  }

  private static String[] arguments(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--spring.main.banner-mode=off",
                "--spring.main.web-application-type=none",
                "--spring.datasource.url=jdbc:h2:mem:ahead;DB_CLOSE_DELAY=-1",
                "--" + Application.WITHOUT_OBSERVATION,
                "--" + Application.WITHOUT_LIQUIBASE,
                "--larder.writers=this-jvm",
                "--larder.admission=always"));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }

  private static String classPath() {
    String ofSurefire = System.getProperty("surefire.test.class.path");
    return ofSurefire == null ? System.getProperty("java.class.path") : ofSurefire;
  }

  /** The last line that the application prints. */
  private static String run(String classPath, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dspring.devtools.restart.enabled=false");
    command.addAll(options);
    command.addAll(List.of("-classpath", classPath, AheadOfTimeApplication.class.getName()));
    command.addAll(List.of(arguments(arguments)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().filter(line -> line.startsWith("read ")).findFirst().orElse(said);
  }

  @Test
  void whatWasProcessedRunsWithLarderAndWithout() throws Exception {
    assertThat(Files.exists(generated.resolve("dev/larder/spring/" + initializer()))).isTrue();
    String classPath = generated + File.pathSeparator + classPath();
    List<String> ahead = List.of("-Dspring.aot.enabled=true");
    assertThat(run(classPath, ahead)).isEqualTo(WITH_LARDER);
    assertThat(run(classPath, ahead, "--larder.enabled=false")).isEqualTo(WITHOUT);
  }

  private static String initializer() {
    return AheadOfTimeApplication.class.getSimpleName() + "__ApplicationContextInitializer.class";
  }

  @Test
  void classesComeFromAnArchive() throws Exception {
    String jars = jarsOnly(classPath());
    for (String larder : List.of("true", "false")) {
      Path archive = directory.resolve(larder + ".jsa");
      String expected = larder.equals("true") ? WITH_LARDER : WITHOUT;
      String argument = "--larder.enabled=" + larder;
      assertThat(run(jars, List.of("-XX:ArchiveClassesAtExit=" + archive), argument))
          .isEqualTo(expected);
      assertThat(archive).exists();
      assertThat(run(jars, List.of("-Xshare:on", "-XX:SharedArchiveFile=" + archive), argument))
          .isEqualTo(expected);
    }
  }

  /** An archive takes no classes from directories. */
  private static String jarsOnly(String classPath) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String element : classPath.split(File.pathSeparator, -1)) {
      Path path = Path.of(element);
      if (Files.isDirectory(path)) {
        Path jar = directory.resolve("classes" + jars.size() + ".jar");
        jar(path, jar);
        jars.add(jar.toString());
      } else {
        jars.add(element);
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  private static void jar(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> all = Files.walk(classes)) {
      for (Path path : all.sorted().toList()) {
        String name = classes.relativize(path).toString().replace('\\', '/');
        if (Files.isRegularFile(path)) {
          out.putNextEntry(new JarEntry(name));
          Files.copy(path, out);
        } else if (!name.isEmpty()) {
          out.putNextEntry(new JarEntry(name + "/"));
        }
      }
    }
  }
}
