package dev.larder.jdbc.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where transports are looked for. */
class StreamTransportsTest {

  private static final List<String> URIS = List.of("redis://host");

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();
  @TempDir private Path application;

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(before);
  }

  /** A transport that takes one address only. */
  public static final class Picky implements StreamTransport {
    @Override
    public String name() {
      return "Picky";
    }

    @Override
    public boolean accepts(List<String> uris) {
      return uris.equals(URIS);
    }

    @Override
    public MessageStream connect(List<String> uris, String stream) {
      throw new IllegalStateException("it is never reached");
    }
  }

  private URL[] declaring(String provider) throws IOException {
    Path services = Files.createDirectories(application.resolve("META-INF/services"));
    Files.writeString(services.resolve(StreamTransport.class.getName()), provider);
    return new URL[] {application.toUri().toURL()};
  }

  @Test
  void withoutTheModuleTheSettingIsRefusedByTheNameOfTheDependency() {
    assertThat(StreamTransports.find()).isEmpty();
    assertThat(StreamTransports.problem(List.of())).isEmpty();
    assertThat(StreamTransports.problem(URIS))
        .contains(
            "the dependency dev.larder:larder-redis must be on the class path or the module path");
  }

  @Test
  void whereAContainerSharesLarderTheApplicationsOwnIsFound() throws IOException {
    try (URLClassLoader ofApplication =
        new URLClassLoader(declaring(Picky.class.getName()), before)) {
      Thread.currentThread().setContextClassLoader(ofApplication);
      assertThat(StreamTransports.find()).containsInstanceOf(Picky.class);
      assertThat(StreamTransports.problem(URIS)).isEmpty();
      assertThat(StreamTransports.problem(List.of("redis://other")))
          .contains("Picky's client does not take it as a URI");
    }
  }

  @Test
  void oneThatCannotBeUsedIsNone() throws IOException {
    for (String unusable : List.of("nowhere.Missing", String.class.getName())) {
      try (URLClassLoader ofApplication = new URLClassLoader(declaring(unusable), before)) {
        Thread.currentThread().setContextClassLoader(ofApplication);
        assertThat(StreamTransports.find()).as(unusable).isEmpty();
      }
    }
  }
}
