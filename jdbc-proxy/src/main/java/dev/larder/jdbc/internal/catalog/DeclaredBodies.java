package dev.larder.jdbc.internal.catalog;

import dev.larder.jdbc.internal.analysis.Attribute;
import dev.larder.jdbc.internal.analysis.BodyFacts;
import dev.larder.jdbc.internal.analysis.Facts.TableWrite;
import dev.larder.jdbc.internal.analysis.ObjectName;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations.Writes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The routines of which it is declared what they write, and whose bodies show that it is so.
 * Immutable and thread-safe.
 *
 * <p>A declaration names tables; a body that bears it out shows rows of them too. One that is not
 * understood, or may do more, is left to the declaration: that is what it is there for.
 */
final class DeclaredBodies {

  private final CatalogueContents contents;
  private final ParsedDefinitions definitions;

  DeclaredBodies(CatalogueContents contents, ParsedDefinitions definitions) {
    this.contents = contents;
    this.definitions = definitions;
  }

  /**
   * The body of a routine that does nothing beyond what is declared of it; null where that is not
   * shown.
   */
  @Nullable Definition bearingOut(Routine routine, Writes declared) {
    if (routine.origin() != Routine.Origin.USER
        || routine.defaults() != null
        || !(routine.body() instanceof Routine.Source source)) {
      return null;
    }
    SearchPath path = source.text().path();
    BodyFacts body = definitions.body(source.text());
    boolean isShown =
        body.opaque() == null
            && body.functions().stream().allMatch(function -> isHarmless(function, path))
            && body.attributes().stream().allMatch(attribute -> isColumn(attribute, path))
            && body.reads().stream().allMatch(table -> readingRunsNothing(table, path))
            && body.writes().stream().allMatch(write -> isTable(write, path))
            && tables(declared).containsAll(written(body, path));
    return isShown ? source.text() : null;
  }

  /** The declared tables that such a body does not write: whoever declared them may know why. */
  Set<ObjectName> beyond(Definition body, Writes declared) {
    Set<Relation> written = written(definitions.body(body), body.path());
    Set<ObjectName> beyond = new HashSet<>();
    for (ObjectName table : declared.tables()) {
      List<Relation> meant = contents.relations(table, SearchPath.UNKNOWN);
      if (meant.isEmpty() || !written.containsAll(meant)) {
        beyond.add(table);
      }
    }
    return beyond;
  }

  private Set<Relation> tables(Writes declared) {
    Set<Relation> tables = new HashSet<>();
    declared.tables().forEach(each -> tables.addAll(contents.relations(each, SearchPath.UNKNOWN)));
    return tables;
  }

  private boolean isTable(TableWrite write, SearchPath path) {
    List<Relation> meant = contents.relations(write.table(), path);
    return !meant.isEmpty()
        && meant.stream().allMatch(relation -> relation.kind() == RelationKind.TABLE);
  }

  private Set<Relation> written(BodyFacts body, SearchPath path) {
    Set<Relation> tables = new HashSet<>();
    for (TableWrite write : body.writes()) {
      tables.addAll(contents.relations(write.table(), path));
    }
    return tables;
  }

  private boolean isHarmless(ObjectName function, SearchPath path) {
    BuiltIns builtIns = contents.builtIns();
    String name = CatalogueContents.lower(function.name());
    return function.schema() == null
        && (builtIns.knowsDeterministic(name) || builtIns.harmless().contains(name))
        && contents.routines(function, path).stream()
            .allMatch(routine -> routine.origin() == Routine.Origin.BUILT_IN);
  }

  private boolean isColumn(Attribute attribute, SearchPath path) {
    return contents.routines(attribute, path).isEmpty();
  }

  private boolean readingRunsNothing(ObjectName table, SearchPath path) {
    return contents.relations(table, path).stream()
        .allMatch(
            relation ->
                relation.kind() == RelationKind.TABLE
                    && relation.definitions().isEmpty()
                    && relation.calls().isEmpty()
                    && relation.readsFrom().isEmpty());
  }
}
