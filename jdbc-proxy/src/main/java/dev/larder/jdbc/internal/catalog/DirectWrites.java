package dev.larder.jdbc.internal.catalog;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.analysis.BodyFacts;
import dev.larder.jdbc.internal.analysis.RowFacts.RowWrite;
import dev.larder.jdbc.internal.analysis.Verb;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables of which a statement writes just the rows that it names, and what their triggers make
 * of those. Used once, by one thread.
 */
final class DirectWrites {

  /*
   * A trigger that runs before a row is written may set columns of it, which its body shows. One that runs afterwards, or not for a
   * row, can only write more rows, and whoever walks through its body tells here if they are rows of this table.
   */

  private static final Set<Verb> ROW_VERBS = Set.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE);

  private final CatalogueContents contents;
  private final ParsedDefinitions definitions;
  private final Set<TableName> plain = new HashSet<>();
  private final Map<TableName, Set<String>> altered = new HashMap<>();
  private final Set<TableName> notPlain = new HashSet<>();
  private final Set<TableName> notNamed = new HashSet<>();

  DirectWrites(CatalogueContents contents, ParsedDefinitions definitions) {
    this.contents = contents;
    this.definitions = definitions;
  }

  /** The verbs of which a relation's effects follow when the statement does this to it. */
  Set<Verb> verbs(Relation relation, Verb verb) {
    if (verb == Verb.ANY) {
      return EnumSet.complementOf(EnumSet.of(Verb.ANY));
    }
    // An UPDATE can move a row to another partition, which fires DELETE and INSERT triggers.
    return verb == Verb.UPDATE && isShared(relation) ? ROW_VERBS : Set.of(verb);
  }

  /** The statement itself writes it. */
  void directly(Relation relation, Verb verb) {
    TableName cell = contents.families().cell(relation.name());
    if (isShared(relation) || !isPlain(relation, verb)) {
      notPlain.add(cell);
    }
    plain.add(cell);
    Set<String> columns = altered(relation, verb);
    if (columns == null) {
      notNamed.add(cell);
    } else {
      altered.computeIfAbsent(cell, any -> new HashSet<>()).addAll(columns);
    }
  }

  /** Something that follows from the statement writes it. */
  void byConsequence(Relation relation) {
    TableName cell = contents.families().cell(relation.name());
    notPlain.add(cell);
    notNamed.add(cell);
  }

  /** The tables that are written by the statement alone, as it says. */
  Set<TableName> plain() {
    Set<TableName> found = new HashSet<>(plain);
    found.removeAll(notPlain);
    return found;
  }

  /**
   * The columns, in lower case, that triggers may set in the rows that the statement names; null
   * where it may write other rows as well.
   *
   * @param cell the table that stands for all that share its rows
   */
  @Nullable Set<String> altered(TableName cell) {
    return notNamed.contains(cell) ? null : altered.get(cell);
  }

  /**
   * The columns, in lower case, that triggers may set in a row that is inserted into a relation,
   * which stands for itself; null where that may be any, or it is no table.
   */
  @Nullable Set<String> alteredByInsert(Relation relation) {
    return relation.equals(contents.standsFor(relation)) ? altered(relation, Verb.INSERT) : null;
  }

  /**
   * The columns that an UPDATE changes, or null where more may be.
   *
   * @param write the only change of data that the statement spells
   */
  @Nullable Set<String> assigned(Relation relation, Verb verb, @Nullable RowWrite write) {
    Set<String> altered = verb == Verb.UPDATE ? altered(relation.name()) : null;
    Set<String> assigned =
        write != null && write.verb() == Verb.UPDATE && !isShared(relation)
            ? RowDependencies.assigned(write, relation)
            : null;
    if (altered == null || assigned == null) {
      return null;
    }
    Set<String> all = new HashSet<>(assigned);
    all.addAll(altered);
    return all;
  }

  private boolean isShared(Relation relation) {
    return contents.families().members(relation.name()).size() > 1;
  }

  /** Whether writing it runs nothing of anybody's but cascades. */
  private boolean isPlain(Relation relation, Verb verb) {
    return relation.kind() == RelationKind.TABLE
        && relation.effects().stream()
            .filter(effect -> verb == Verb.ANY || effect.on().contains(verb))
            .map(Effect::then)
            .allMatch(then -> writesOthers(then) || callsBuiltIn(then));
  }

  /** The columns that triggers may set; null where the rows may become any others. */
  private @Nullable Set<String> altered(Relation relation, Verb verb) {
    Set<String> columns = new HashSet<>();
    if (verb == Verb.ANY || contents.standsFor(relation) == null) {
      return null;
    }
    for (Relation member : contents.family(relation)) {
      for (Effect effect : member.effects()) {
        boolean follows = verbs(relation, verb).stream().anyMatch(effect.on()::contains);
        Set<String> sets = follows ? sets(effect) : Set.of();
        if (sets == null) {
          return null;
        }
        columns.addAll(sets);
      }
    }
    return columns;
  }

  /** The columns that an effect may set in the row that it follows from; null for any. */
  private @Nullable Set<String> sets(Effect effect) {
    Effect.Consequence then = effect.then();
    return switch (effect.moment()) {
      case APART -> then instanceof Effect.Unknown ? null : Set.of();
      case BEFORE_ROW -> {
        BodyFacts body = body(then);
        yield body == null ? null : body.alters();
      }
      case UNTOLD -> writesOthers(then) || callsBuiltIn(then) ? Set.of() : null;
    };
  }

  private @Nullable BodyFacts body(Effect.Consequence then) {
    if (then instanceof Effect.Runs runs && runs.text().form() == Definition.Form.BODY) {
      return definitions.body(runs.text());
    }
    Routine routine = then instanceof Effect.Calls calls ? contents.routine(calls.routine()) : null;
    return routine != null
            && routine.origin() == Routine.Origin.USER
            && routine.body() instanceof Routine.Source source
        ? definitions.body(source.text())
        : null;
  }

  private static boolean writesOthers(Effect.Consequence then) {
    return then instanceof Effect.Writes || then instanceof Effect.Deletes;
  }

  private boolean callsBuiltIn(Effect.Consequence then) {
    if (!(then instanceof Effect.Calls calls)) {
      return false;
    }
    Routine routine = contents.routine(calls.routine());
    String name = CatalogueContents.lower(calls.routine().name());
    return routine != null
        && routine.origin() == Routine.Origin.BUILT_IN
        && (name.equals("nextval") || contents.builtIns().knowsDeterministic(name));
  }
}
