package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
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
    Silent silent = new Silent();
    ParsedSources.each(sources, silent::scan);

    assertThat(silent.seen).as("looked at").isGreaterThan(100);
    assertThat(silent.found).as("public and without a comment").isEmpty();
  }

  private static final class Silent extends TreePathScanner<Void, DocTrees> {
    private final TreeSet<String> found = new TreeSet<>();
    private int seen;

    @Override
    public Void visitClass(ClassTree type, DocTrees comments) {
      if (!isVisible(type.getModifiers())) {
        return null;
      }
      note(type.getSimpleName().toString(), comments);
      return super.visitClass(type, comments);
    }

    @Override
    public Void visitMethod(MethodTree method, DocTrees comments) {
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(annotation -> annotation.toString().contains("Override"));
      // A record's compact constructor only checks; what it takes is said of the record.
      boolean isCompact = method.getReturnType() == null && outer().getKind() == Tree.Kind.RECORD;
      if (isVisible(method.getModifiers()) && !overrides && !isCompact) {
        note(outer().getSimpleName() + "." + method.getName(), comments);
      }
      return null;
    }

    @Override
    public Void visitVariable(VariableTree field, DocTrees comments) {
      boolean isComponent =
          outer().getKind() == Tree.Kind.RECORD
              && !field.getModifiers().getFlags().contains(Modifier.STATIC);
      if (isVisible(field.getModifiers()) && !isComponent) {
        note(outer().getSimpleName() + "." + field.getName(), comments);
      }
      return null;
    }

    @Override
    public Void visitBlock(BlockTree initializer, DocTrees comments) {
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

    private void note(String what, DocTrees comments) {
      seen++;
      String comment = comments.getDocComment(getCurrentPath());
      if (comment == null || comment.isBlank()) {
        found.add(what);
      }
    }
  }
}
