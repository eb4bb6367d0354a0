package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.internal.analysis.Conjunction.Equality;
import dev.larder.jdbc.internal.analysis.Conjunction.Spelled;
import dev.larder.jdbc.internal.analysis.Conjunction.Value;
import dev.larder.jdbc.internal.analysis.RowFacts.Column;
import dev.larder.jdbc.internal.analysis.RowFacts.Fixed;
import dev.larder.jdbc.internal.analysis.RowFacts.Mention;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one FROM list, and which values of their columns follow from its conditions. Used
 * by one thread, once.
 */
final class FromList {

  /*
   * A column is fixed to a value where no row of the answer is made with a row of its table that has another one: the table's
   * part in such a row may still be nulls. WHERE holds for each row that is made. The ON of an outer join holds unless the item
   * that may be missing is: so it says something of that item's rows, by what is known of the others', and of the others only
   * where it is known that the item is there. Nothing else may be concluded from it: rows of the others that do not satisfy it
   * are shown with nulls.
   *
   * Which table a column without a qualifier belongs to, the catalogue knows. So it is noted of each table, on the condition that
   * none of the others has a column of that name. A table that does not have it finds nothing there.
   */

  /** So many tables at most may a column without a qualifier belong to. */
  private static final int MOST_CANDIDATES = 8;

  /** So many columns of a table at most are followed. */
  private static final int MOST_FIXED = 64;

  /**
   * A condition.
   *
   * @param unless the items of which it need not hold where one is missing; none for WHERE
   */
  private record Held(Conjunction condition, Set<Integer> unless) {}

  private final List<FromItem> items;

  /** The query that this is a part of, whose columns it may name; null where there is none. */
  private final @Nullable FromList outer;

  private final List<List<Fixed>> fixed = new ArrayList<>();
  private final List<Held> conditions = new ArrayList<>();

  /** The items that are known to be there in each row that is made. */
  private final Set<Integer> present = new HashSet<>();

  private final boolean mayGuess;

  FromList(List<FromItem> items, @Nullable FromList outer) {
    this.items = List.copyOf(items);
    this.outer = outer;
    items.forEach(item -> fixed.add(new ArrayList<>()));
    mayGuess =
        items.size() <= MOST_CANDIDATES && items.stream().allMatch(item -> item.table() != null);
  }

  /**
   * Adds a condition.
   *
   * @param unless the items of which it need not hold where one is missing
   */
  void holds(Conjunction condition, Set<Integer> unless) {
    conditions.add(new Held(condition, Set.copyOf(unless)));
  }

  /** Goes on from what the conditions say until no more is found. */
  void conclude() {
    boolean more = true;
    while (more) {
      more = false;
      for (Held held : conditions) {
        Set<Integer> missing = new HashSet<>(held.unless());
        missing.removeAll(present);
        if (missing.isEmpty()) {
          more |= conclude(held.condition(), null);
        } else if (missing.size() == 1) {
          more |= conclude(held.condition(), missing.iterator().next());
        }
      }
    }
  }

  /**
   * @param of the one item of which the condition says something, or null where it does of all
   */
  private boolean conclude(Conjunction condition, @Nullable Integer of) {
    boolean more = false;
    for (Value value : condition.values) {
      more |= of == null && isPresent(value.column());
      for (int item : candidates(value.column())) {
        if (of == null || of == item) {
          Set<Column> absent = others(value.column(), item);
          more |= note(item, new Fixed(value.column().column(), value.values(), List.of(), absent));
        }
      }
    }
    for (Equality equality : condition.equalities) {
      more |= of == null && isPresent(equality.left());
      more |= of == null && isPresent(equality.right());
      more |= follow(equality.left(), equality.right(), of);
      more |= follow(equality.right(), equality.left(), of);
    }
    return more;
  }

  /** Takes down that a column has a value; whether that is new. */
  private boolean isPresent(Spelled column) {
    List<Integer> items = candidates(column);
    return items.size() == 1 && others(column, items.get(0)).isEmpty() && present.addAll(items);
  }

  private boolean follow(Spelled known, Spelled equal, @Nullable Integer of) {
    boolean more = false;
    for (int item : candidates(known)) {
      for (Fixed found : List.copyOf(fixed.get(item))) {
        boolean says = of == null || item != of;
        if (says && found.column().equals(known.column())) {
          more |= follow(items.get(item), found, others(known, item), equal, of);
        }
      }
    }
    // The innermost query that has the name is the one that is meant.
    FromList from = known.qualifier() == null || hides(known) ? null : outer;
    while (from != null && !from.isNamed(known)) {
      from = from.outer;
    }
    return more | (from != null && followFrom(from, known, equal, of));
  }

  private boolean followFrom(FromList from, Spelled known, Spelled equal, @Nullable Integer of) {
    boolean more = false;
    for (int item : from.candidates(known)) {
      for (Fixed found : from.fixed.get(item)) {
        if (found.column().equals(known.column())) {
          more |= follow(from.items.get(item), found, Set.of(), equal, of);
        }
      }
    }
    return more;
  }

  private boolean follow(
      FromItem item, Fixed found, Set<Column> others, Spelled equal, @Nullable Integer of) {
    ObjectName table = item.table();
    if (table == null) {
      return false;
    }
    boolean more = false;
    List<Column> through = new ArrayList<>(found.through());
    through.add(new Column(table, found.column()));
    for (int next : candidates(equal)) {
      if (of == null || next == of) {
        Set<Column> absent = new HashSet<>(found.absent());
        absent.addAll(others);
        absent.addAll(others(equal, next));
        more |= note(next, new Fixed(equal.column(), found.values(), through, absent));
      }
    }
    return more;
  }

  List<Mention> mentions() {
    List<Mention> mentions = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      ObjectName table = items.get(i).table();
      if (table != null) {
        mentions.add(new Mention(table, fixed.get(i)));
      }
    }
    return mentions;
  }

  /** Whether it is new: a guess that turns out wrong must not stand in the way of another. */
  private boolean note(int item, Fixed found) {
    List<Fixed> known = fixed.get(item);
    boolean isKnown =
        known.stream()
            .anyMatch(
                other ->
                    other.column().equals(found.column())
                        && other.values().equals(found.values())
                        && found.absent().containsAll(other.absent()));
    return !isKnown
        && known.size() < MOST_FIXED
        && items.get(item).table() != null
        && known.add(found);
  }

  /** Whether a column cannot be one of the queries around this one. */
  private boolean hides(Spelled column) {
    return isNamed(column);
  }

  /** Whether an item here has the name that qualifies a column, in whatever case. */
  private boolean isNamed(Spelled column) {
    String qualifier = column.qualifier();
    return qualifier != null
        && items.stream().anyMatch(item -> item.alias().equalsIgnoreCase(qualifier));
  }

  /** The items whose column it may be. */
  private List<Integer> candidates(Spelled column) {
    String qualifier = column.qualifier();
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      boolean may =
          qualifier == null
              ? items.size() == 1 || mayGuess
              : items.get(i).alias().equalsIgnoreCase(qualifier);
      if (may) {
        found.add(i);
      }
    }
    return qualifier != null && found.size() > 1 ? List.of() : found;
  }

  /** The columns that must not be there for a column to be that item's. */
  private Set<Column> others(Spelled column, int item) {
    Set<Column> others = new HashSet<>();
    for (int i = 0; column.qualifier() == null && i < items.size(); i++) {
      ObjectName table = items.get(i).table();
      if (i != item && table != null) {
        others.add(new Column(table, column.column()));
      }
    }
    return others;
  }
}
