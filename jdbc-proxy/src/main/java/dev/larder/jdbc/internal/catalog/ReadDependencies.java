package dev.larder.jdbc.internal.catalog;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Attribute;
import dev.larder.jdbc.internal.analysis.BodyFacts;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.ObjectName;
import dev.larder.jdbc.internal.bind.TimesBeside;
import dev.larder.jdbc.internal.catalog.CatalogueContents.Unnamed;
import dev.larder.jdbc.internal.catalog.ParsedDefinitions.NotUnderstood;
import dev.larder.jdbc.internal.catalog.ParsedDefinitions.Parsed;
import dev.larder.jdbc.internal.catalog.ParsedDefinitions.Understood;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One walk from a query's names to everything its answer depends on. Used once, by one thread.
 *
 * <p>The first thing that cannot be proven ends the walk: the query is then refused.
 */
final class ReadDependencies {

  private final CatalogueContents contents;
  private final ParsedDefinitions definitions;
  private final FunctionJudge judge;
  private final Set<TableName> tables = new HashSet<>();
  private final Set<TableName> seen = new HashSet<>();

  /** The tables that the text names itself, less those that something else leads to as well. */
  private final Set<TableName> direct = new HashSet<>();

  private final Set<TableName> indirect = new HashSet<>();

  /** The views by whose own text a table is reached, as far as the query's text names them. */
  private final Map<TableName, Set<TableName>> byViews = new HashMap<>();

  private boolean inText;

  /** The view whose own text is being read, or null. */
  private @Nullable TableName inView;

  private final Set<RoutineKey> entered = new HashSet<>();

  /** The routine that is being read, or null where it is the query or a view. */
  private @Nullable RoutineKey within;

  /** Parameters of the text whose values may make its answer follow the current date. */
  private List<TimesBeside> times = List.of();

  private final Deque<Relation> open = new ArrayDeque<>();
  private ReadSet.@Nullable Refused refused;

  ReadDependencies(CatalogueContents contents, ParsedDefinitions definitions, FunctionJudge judge) {
    this.contents = contents;
    this.definitions = definitions;
    this.judge = judge;
  }

  ReadSet walk(Facts facts, SearchPath path) {
    if (facts.kind() != Facts.Kind.QUERY) {
      refuse(BypassReason.NOT_A_QUERY, facts.kind().name());
    }
    unnamed();
    enter(facts, path, null, null);
    while (refused == null && !open.isEmpty()) {
      expand(open.pop());
    }
    if (refused != null) {
      return refused;
    }
    Map<TableName, PlainView> views = views();
    views.values().forEach(view -> direct.add(view.table().name()));
    direct.removeIf(
        table -> contents.families().members(table).stream().anyMatch(indirect::contains));
    return new ReadSet.Tables(
        tables, new RowDependencies(contents, path).read(facts.rows(), direct, views), times);
  }

  /** The views that only the text leads to, and of whose tables they show rows by themselves. */
  private Map<TableName, PlainView> views() {
    Map<TableName, PlainView> views = new HashMap<>();
    for (TableName name : direct) {
      Relation relation = contents.relation(name);
      boolean byTextAlone = !indirect.contains(name) && !byViews.containsKey(name);
      PlainView view =
          relation != null && byTextAlone ? PlainView.of(relation, contents, definitions) : null;
      if (view != null) {
        views.put(name, view);
      }
    }
    byViews.forEach(
        (table, through) -> {
          if (!views.keySet().containsAll(through)) {
            indirect.add(table);
          }
        });
    return views;
  }

  private void unnamed() {
    for (Unnamed each : contents.unnamed()) {
      if (each.answers()) {
        FunctionJudge.Verdict verdict = judge.judge(each.routine());
        if (verdict instanceof FunctionJudge.Deterministic deterministic
            && deterministic.runs().isEmpty()) {
          deterministic.reads().forEach(table -> table(table, SearchPath.UNKNOWN));
        } else {
          refuse(
              BypassReason.OPAQUE_DEFINITION,
              each.what() + " calls " + each.routine() + ", and a query may use it unseen");
        }
      }
    }
  }

  /**
   * Takes in what one text says, be it the query's own or a definition's.
   *
   * @param owner whose columns a definition may name without naming their table, or null
   */
  private void enter(
      Facts facts, SearchPath path, @Nullable String text, @Nullable Relation owner) {
    if (!facts.obstacles().isEmpty()) {
      Facts.Obstacle first = facts.obstacles().get(0);
      refuse(first.reason(), first.detail());
    }
    if (!facts.writes().isEmpty()) {
      refuse(BypassReason.MODIFIES_DATA, facts.writes().get(0).table().toString());
    }
    for (ObjectName function : facts.functions()) {
      called(judge.judge(function, path, text), "");
    }
    attributes(facts.attributes(), path);
    tables(facts.reads(), facts.commonTables(), path, text == null);
    TimeJudge clock =
        new TimeJudge(contents, path, facts.times(), named(facts.reads(), path, owner));
    refuse(clock.judge(facts.attributes()));
    if (text == null) {
      times = clock.parameters();
    }
  }

  /** The relations whose columns a text may name. */
  private Set<Relation> named(Set<ObjectName> names, SearchPath path, @Nullable Relation owner) {
    Set<Relation> found = Collections.newSetFromMap(new IdentityHashMap<>());
    if (owner != null) {
      found.add(owner);
    }
    for (ObjectName name : names) {
      for (Relation relation : contents.relations(name, path)) {
        found.add(relation);
        // A synonym has the columns of what it stands for.
        for (TableName other : relation.readsFrom()) {
          Relation known = contents.relation(other);
          if (known != null) {
            found.add(known);
          }
        }
      }
    }
    return found;
  }

  private void refuse(ReadSet.@Nullable Refused why) {
    if (why != null) {
      refuse(why.reason(), why.detail());
    }
  }

  private void attributes(Set<Attribute> attributes, SearchPath path) {
    for (Attribute attribute : attributes) {
      // A parameter of a function has any type.
      Attribute judged =
          within == null ? attribute : new Attribute(attribute.name(), Attribute.Owner.VALUE);
      called(
          judge.judge(judged, path),
          ", which '." + attribute.name() + "' calls where it is no column");
    }
  }

  private void tables(
      Set<ObjectName> names, Set<String> commonTables, SearchPath path, boolean ofText) {
    for (ObjectName table : names) {
      List<Relation> found = contents.relations(table, path);
      boolean common =
          table.schema() == null && commonTables.stream().anyMatch(table.name()::equalsIgnoreCase);
      if (!found.isEmpty() || !common) {
        inText = ofText;
        table(table, path);
        inText = false;
      }
    }
  }

  /** Takes in what a routine's answer follows from, which its declaration does not promise. */
  private void run(Routine routine) {
    if (!entered.add(routine.key())) {
      return;
    }
    RoutineKey outer = within;
    within = routine.key();
    if (routine.defaults() != null) {
      define(routine.defaults(), null);
    }
    if (routine.volatility() != Routine.Volatility.IMMUTABLE
        && routine.body() instanceof Routine.Source source) {
      if (source.answer() instanceof Routine.Query query) {
        define(query.query(), null);
      } else if (source.answer() instanceof Routine.Procedure procedure) {
        procedure(procedure);
      }
    }
    within = outer;
  }

  private void procedure(Routine.Procedure procedure) {
    Definition body = procedure.body();
    BodyFacts facts = definitions.body(body);
    String why = facts.opaque() != null ? facts.opaque() : facts.unfollowed();
    if (why != null) {
      refuse(BypassReason.NON_DETERMINISTIC_CONSTRUCT, why);
    } else if (!facts.writes().isEmpty()) {
      refuse(BypassReason.MODIFIES_DATA, facts.writes().iterator().next().table().toString());
    }
    for (ObjectName function : facts.functions()) {
      called(judge.judge(function, body.path(), body.text()), "");
    }
    attributes(facts.attributes(), body.path());
    tables(facts.reads(), facts.commonTables(), body.path(), false);
    refuse(
        new TimeJudge(contents, body.path(), facts.times(), named(facts.reads(), body.path(), null))
            .ofBody(procedure, facts.attributes()));
  }

  private void called(FunctionJudge.Verdict verdict, String how) {
    TableName caller = inView;
    inView = null;
    if (verdict instanceof FunctionJudge.Deterministic deterministic) {
      deterministic.reads().forEach(table -> table(table, SearchPath.UNKNOWN));
      deterministic.runs().forEach(this::run);
    } else if (verdict instanceof FunctionJudge.Refused no) {
      refuse(BypassReason.NON_DETERMINISTIC_FUNCTION, no.why() + how);
    }
    inView = caller;
  }

  private void table(ObjectName table, SearchPath path) {
    List<Relation> found = contents.relations(table, path);
    if (contents.isSystemSchema(table.schema())) {
      refuse(BypassReason.SYSTEM_TABLE, table.toString());
    } else if (found.isEmpty()) {
      refuse(BypassReason.UNKNOWN_TABLE, table.toString());
    }
    found.forEach(this::visit);
  }

  private void visit(Relation relation) {
    if (inText) {
      direct.add(relation.name());
    } else if (inView != null) {
      byViews.computeIfAbsent(relation.name(), any -> new HashSet<>(1)).add(inView);
    } else {
      indirect.add(relation.name());
    }
    if (seen.add(relation.name())) {
      open.add(relation);
    }
  }

  private void expand(Relation relation) {
    inView = relation.kind() == RelationKind.VIEW ? relation.name() : null;
    switch (relation.kind()) {
      case TABLE, MATERIALIZED_VIEW -> cell(relation);
      case VIEW -> {}
      case UNTRACKABLE ->
          refuse(BypassReason.UNTRACKABLE_TABLE, relation.name() + " is " + relation.detail());
      case TEMPORARY -> refuse(BypassReason.TEMPORARY_TABLE, relation.name().toString());
      case SYSTEM -> refuse(BypassReason.SYSTEM_TABLE, relation.name().toString());
    }
    for (TableName dependency : relation.readsFrom()) {
      Relation known = contents.relation(dependency);
      if (known == null) {
        refuse(
            BypassReason.OPAQUE_DEFINITION,
            relation.name() + " reads " + dependency + ", which the catalogue does not hold");
      } else {
        visit(known);
      }
    }
    for (Definition definition : relation.definitions()) {
      define(definition, relation);
    }
    inView = null;
  }

  private void cell(Relation relation) {
    tables.add(contents.families().cell(relation.name()));
    for (Relation member : contents.family(relation)) {
      if (member.kind() == RelationKind.UNTRACKABLE) {
        refuse(
            BypassReason.UNTRACKABLE_TABLE,
            member.name()
                + ", which shares rows with "
                + relation.name()
                + ", is "
                + member.detail());
      }
    }
  }

  /**
   * @param owner whose columns it may name without naming their table, or null
   */
  private void define(Definition definition, @Nullable Relation owner) {
    Parsed parsed = definitions.query(definition);
    if (parsed instanceof NotUnderstood not) {
      refuse(BypassReason.OPAQUE_DEFINITION, not.why());
    } else if (parsed instanceof Understood understood) {
      if (understood.currentTimeLiteral()) {
        refuse(BypassReason.CURRENT_TIME_LITERAL, definition.of());
      }
      enter(understood.facts(), definition.path(), definition.text(), owner);
    }
  }

  private void refuse(BypassReason reason, String detail) {
    if (refused == null) {
      refused =
          within == null
              ? new ReadSet.Refused(reason, detail)
              : new ReadSet.Refused(
                  BypassReason.NON_DETERMINISTIC_FUNCTION,
                  within
                      + ", for its body: "
                      + detail
                      + " ("
                      + reason
                      + ")"
                      + FunctionJudge.remedy(within));
    }
  }
}
