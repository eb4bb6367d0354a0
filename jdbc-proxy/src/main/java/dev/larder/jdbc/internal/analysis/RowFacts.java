package dev.larder.jdbc.internal.analysis;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rows and columns of its tables a statement names. Immutable and thread-safe.
 *
 * <p>Like all facts these are of the text alone: whether a name is a column, and when two values of
 * it are equal, is the catalogue's to say.
 *
 * @param mentions every mention of a table in the query, or empty where they are not told apart
 * @param names every identifier of the query, in lower case: a column that is not among them is not
 *     read; null where a column may be read without being named
 * @param members those of the names that must be columns for the others to be all that is read:
 *     what follows a qualifier, and what is nothing else that the text shows
 * @param shown what a plain query of one table shows of its rows, or null
 * @param write which rows a change of data writes, or null where that is not told
 */
public record RowFacts(
    List<Mention> mentions,
    @Nullable Set<String> names,
    Set<String> members,
    @Nullable Shown shown,
    @Nullable RowWrite write) {

  /** Nothing is told. */
  public static final RowFacts NONE = new RowFacts(List.of(), null, Set.of(), null, null);

  /**
   * The answer to a query of one table each row of which is one of the table's, as columns under
   * their own names.
   *
   * @param columns those that are named
   * @param all whether there is a star, for all columns
   * @param choosing the identifiers, in lower case, that decide which rows are shown, and in which
   *     order
   */
  public record Shown(Set<String> columns, boolean all, Set<String> choosing) {
    public Shown {
      columns = Set.copyOf(columns);
      choosing = Set.copyOf(choosing);
    }
  }

  /**
   * A table that a query names once.
   *
   * @param fixed rows that differ in any one of these have no part in the answer
   * @param passed the columns of the answer, in their order, where it is made of this table alone;
   *     empty where nothing is known of them
   */
  public record Mention(ObjectName table, List<Fixed> fixed, List<Passed> passed) {
    public Mention {
      fixed = List.copyOf(fixed);
      passed = List.copyOf(passed);
    }

    public Mention(ObjectName table, List<Fixed> fixed) {
      this(table, fixed, List.of());
    }
  }

  /**
   * A column of an answer.
   *
   * @param name as the text gives it, or null
   * @param column the table's column that it is, where rows of the answer with a value there are
   *     made of rows of the table with that value alone; null for any other
   */
  public record Passed(@Nullable String name, @Nullable String column) {}

  /**
   * A column that must equal one of several values.
   *
   * @param through the columns by which the values come to this one, each equal to the next: it
   *     holds only if all of them compare alike
   * @param absent what must not be there for it to hold: columns of other tables that a name
   *     without a qualifier could mean as well
   */
  public record Fixed(
      String column, List<Operand> values, List<Column> through, Set<Column> absent) {
    public Fixed {
      values = List.copyOf(values);
      through = List.copyOf(through);
      absent = Set.copyOf(absent);
    }

    /** One that is beyond doubt. */
    Fixed(String column, List<Operand> values) {
      this(column, values, List.of(), Set.of());
    }
  }

  /** A column of a table that the query names. */
  public record Column(ObjectName table, String column) {}

  /**
   * The rows of one table that a statement inserts, updates or deletes.
   *
   * @param where rows that differ in any one of these are not written; empty for an INSERT
   * @param assigned what the columns of an inserted or updated row are given; a column stands here
   *     once for each row of an INSERT, and again where a row that is there already is updated
   * @param conflict what an INSERT does about rows that are there, or null where it fails
   */
  public record RowWrite(
      ObjectName table,
      Verb verb,
      List<Fixed> where,
      List<Assignment> assigned,
      @Nullable Conflict conflict) {

    RowWrite(ObjectName table, Verb verb, List<Fixed> where, List<Assignment> assigned) {
      this(table, verb, where, assigned, null);
    }

    public RowWrite {
      where = List.copyOf(where);
      assigned = List.copyOf(assigned);
    }
  }

  /** What becomes of a row in the place of which another one is there already. */
  public sealed interface Conflict {

    /** It is not inserted. */
    record Skipped() implements Conflict {}

    /**
     * The other one is updated.
     *
     * @param columns those in which the two are equal; null where that is any unique key
     */
    record Updated(@Nullable Set<String> columns) implements Conflict {
      public Updated {
        columns = columns == null ? null : Set.copyOf(columns);
      }
    }
  }

  /**
   * A column that is given a value.
   *
   * @param column null where it is meant by its place
   * @param place from 0, among the columns that a text does not name
   * @param value null where it is the value of an expression
   */
  public record Assignment(@Nullable String column, int place, @Nullable Operand value) {

    Assignment(String column, @Nullable Operand value) {
      this(column, 0, value);
    }
  }

  public RowFacts {
    mentions = List.copyOf(mentions);
    names = names == null ? null : Set.copyOf(names);
    members = Set.copyOf(members);
  }
}
