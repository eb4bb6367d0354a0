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

/**
 * The tables of one FROM list, and which values of their columns follow from a condition. Used by
 * one thread, once.
 */
final class FromList {

  /*
   * Which table a column without a qualifier belongs to, the catalogue knows. So it is noted of each table, on the condition that
   * none of the others has a column of that name. A table that does not have it finds nothing there.
   */

  /** So many tables at most may a column without a qualifier belong to. */
  private static final int MOST_CANDIDATES = 8;

  /** So many columns of a table at most are followed. */
  private static final int MOST_FIXED = 64;

  private final List<FromItem> items;
  private final List<List<Fixed>> fixed = new ArrayList<>();
  private final boolean mayGuess;

  FromList(List<FromItem> items) {
    this.items = items;
    items.forEach(item -> fixed.add(new ArrayList<>()));
    mayGuess =
        items.size() <= MOST_CANDIDATES && items.stream().allMatch(item -> item.table() != null);
  }

  /** Notes that a column has one of some values. */
  void fix(Value value) {
    for (int item : candidates(value.column())) {
      note(
          item,
          new Fixed(
              value.column().column(), value.values(), List.of(), others(value.column(), item)));
    }
  }

  /** Goes on from the columns that are known to those that equal them, until no more is found. */
  void follow(List<Equality> equalities) {
    for (int item = 0; item < items.size(); item++) {
      for (Fixed found : List.copyOf(fixed.get(item))) {
        follow(item, found, equalities);
      }
    }
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

  private void follow(int item, Fixed found, List<Equality> equalities) {
    for (Equality equality : equalities) {
      follow(item, found, equality.left(), equality.right(), equalities);
      follow(item, found, equality.right(), equality.left(), equalities);
    }
  }

  private void follow(
      int item, Fixed found, Spelled known, Spelled equal, List<Equality> equalities) {
    ObjectName table = items.get(item).table();
    if (table == null
        || !known.column().equals(found.column())
        || !candidates(known).contains(item)) {
      return;
    }
    List<Column> through = new ArrayList<>(found.through());
    through.add(new Column(table, found.column()));
    for (int next : candidates(equal)) {
      Set<Column> absent = new HashSet<>(found.absent());
      absent.addAll(others(known, item));
      absent.addAll(others(equal, next));
      Fixed follows = new Fixed(equal.column(), found.values(), through, absent);
      if (note(next, follows)) {
        follow(next, follows, equalities);
      }
    }
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
