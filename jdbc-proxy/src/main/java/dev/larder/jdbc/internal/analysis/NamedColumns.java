package dev.larder.jdbc.internal.analysis;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which columns a query may read, by the names in its text. Used by one thread, once. */
final class NamedColumns {

  private static final Set<String> AFTER_STARS = Set.of("FROM", "EXCLUDE", "REPLACE", "RENAME");

  private final Statement s;

  /** The tokens at which FROM lists and WITH clauses give names. */
  private final Set<Integer> declaring = new HashSet<>();

  private final Set<String> declared = new HashSet<>();
  private final Set<String> members = new HashSet<>();

  NamedColumns(Statement s) {
    this.s = s;
  }

  /** The tokens between two are a name of something that has columns. */
  void declare(int from, int to, String name) {
    for (int at = from; at < to; at++) {
      declaring.add(at);
    }
    declared.add(lower(name));
  }

  /** What has been found that must be a column for the others to be all that is read. */
  Set<String> members() {
    return members;
  }

  /**
   * Every identifier from a token on, or null where a column may be read unnamed: by a star or by
   * its whole row.
   */
  @Nullable Set<String> from(int from) {
    Set<String> names = new HashSet<>();
    for (int i = from; i < s.size(); i++) {
      if (s.isSymbol(i, "*") && !isFactor(i) && !isCountOfRows(i)) {
        return null;
      }
      if (s.word(i).equals("NATURAL")) {
        return null;
      }
      if (s.isName(i)) {
        String name = lower(s.name(i).name());
        String part = lower(s.part(i));
        boolean qualifies = s.is(i + 1, '.');
        boolean declares = declaring.contains(i);
        boolean wholeRow = !qualifies && !declares && declared.contains(part);
        if (wholeRow || Vocabulary.PSEUDO_COLUMNS.contains(part)) {
          return null;
        }
        names.add(name);
        names.add(part);
        if (!qualifies && !declares && (s.is(i - 1, '.') || mayBeColumn(i))) {
          members.add(part);
        }
      }
    }
    return names;
  }

  /** Whether a name without a qualifier is not seen to be something else than a column. */
  private boolean mayBeColumn(int i) {
    boolean syntax = Vocabulary.SYNTAX.contains(s.word(i));
    boolean string = s.kind(i) == Tokens.STRING_OR_NAME;
    boolean call = s.is(i + 1, '(') || s.isSymbol(i + 1, "=>");
    boolean typeOfLiteral = s.kind(i + 1) == Tokens.STRING;
    boolean type = s.isSymbol(i - 1, "::");
    boolean field = s.is(i - 1, '(') && s.word(i - 2).equals("EXTRACT");
    return !syntax && !string && !call && !typeOfLiteral && !type && !field && !isAlias(i);
  }

  /** Whether a name follows AS or the end of an expression, and so gives that a name. */
  private boolean isAlias(int i) {
    return switch (s.kind(i - 1)) {
      case Tokens.NUMBER, Tokens.STRING, Tokens.PARAMETER, Tokens.QUOTED -> true;
      case Tokens.WORD ->
          s.word(i - 1).equals("AS")
              || s.word(i - 1).equals("END")
              || !Vocabulary.SYNTAX.contains(s.word(i - 1))
              || s.is(i - 2, '.');
      default -> s.is(i - 1, ')');
    };
  }

  /** As the catalogue's names are compared. */
  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whether a star multiplies, rather than standing for all columns. */
  private boolean isFactor(int i) {
    if (s.is(i - 1, '.') || s.is(i - 1, ',') || s.is(i - 1, '(')) {
      return false;
    }
    return switch (s.kind(i + 1)) {
      case Tokens.NUMBER, Tokens.PARAMETER, Tokens.STRING, Tokens.QUOTED -> true;
      case Tokens.WORD ->
          !AFTER_STARS.contains(s.word(i + 1))
              && !FromReader.AFTER_FROM.contains(s.word(i + 1))
              && !RowPredicateAnalyzer.SET_OPERATORS.contains(s.word(i + 1));
      default -> s.is(i + 1, '(');
    };
  }

  private boolean isCountOfRows(int i) {
    return s.is(i - 1, '(') && s.is(i + 1, ')') && s.word(i - 2).equals("COUNT");
  }
}
