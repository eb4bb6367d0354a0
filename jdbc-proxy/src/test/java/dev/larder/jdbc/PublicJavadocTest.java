package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Whatever an application can see of a package that is exported to it says what it is. */
final class PublicJavadocTest {

  private static final List<String> PACKAGES =
      List.of(
          "invalidation/src/main/java/dev/larder/invalidation",
          "jdbc-proxy/src/main/java/dev/larder/jdbc",
          "jdbc-proxy/src/main/java/dev/larder/jdbc/micrometer",
          "hibernate-l2/src/main/java/dev/larder/hibernate",
          "spring-boot/core/src/main/java/dev/larder/spring",
          "spring-boot/starter/src/main/java/dev/larder/spring/health",
          "spring-boot/starter-3/src/main/java/dev/larder/spring/health");

  @Test
  void everythingPublicHasAComment() throws IOException {
    Path project = Path.of(Files.exists(Path.of("docs/architecture.md")) ? "" : "..");
    List<Path> sources = new ArrayList<>();
    for (String directory : PACKAGES) {
      try (Stream<Path> files = Files.list(project.resolve(directory))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    Silent silent;
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  ignored -> {},
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      silent = new Silent(DocTrees.instance(task));
      for (CompilationUnitTree unit : task.parse()) {
        silent.scan(unit, null);
      }
    }

    assertThat(silent.seen).as("looked at").isGreaterThan(100);
    assertThat(silent.found).as("public and without a comment").isEmpty();
  }

  private static final class Silent extends TreePathScanner<Void, Void> {
    private final TreeSet<String> found = new TreeSet<>();
    private final DocTrees comments;
    private int seen;

    Silent(DocTrees comments) {
      this.comments = comments;
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      if (!isVisible(type.getModifiers())) {
        return null;
      }
      note(type.getSimpleName().toString());
      return super.visitClass(type, nothing);
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(annotation -> annotation.toString().contains("Override"));
      // A record's compact constructor only checks; what it takes is said of the record.
      boolean isCompact = method.getReturnType() == null && outer().getKind() == Tree.Kind.RECORD;
      if (isVisible(method.getModifiers()) && !overrides && !isCompact) {
        note(outer().getSimpleName() + "." + method.getName());
      }
      return null;
    }

    @Override
    public Void visitVariable(VariableTree field, Void nothing) {
      boolean isComponent =
          outer().getKind() == Tree.Kind.RECORD
              && !field.getModifiers().getFlags().contains(Modifier.STATIC);
      if (isVisible(field.getModifiers()) && !isComponent) {
        note(outer().getSimpleName() + "." + field.getName());
      }
      return null;
    }

    @Override
    public Void visitBlock(BlockTree initializer, Void nothing) {
      return null;
    }

    private ClassTree outer() {
      return (ClassTree) getCurrentPath().getParentPath().getLeaf();
    }

    private boolean isVisible(ModifiersTree modifiers) {
      TreePath above = getCurrentPath().getParentPath();
      boolean inInterface = above.getLeaf().getKind() == Tree.Kind.INTERFACE;
      return (inInterface && !modifiers.getFlags().contains(Modifier.PRIVATE))
          || modifiers.getFlags().contains(Modifier.PUBLIC)
          || modifiers.getFlags().contains(Modifier.PROTECTED);
    }

    private void note(String what) {
      seen++;
      String comment = comments.getDocComment(getCurrentPath());
      if (comment == null || comment.isBlank()) {
        found.add(what);
      }
    }
  }
}
