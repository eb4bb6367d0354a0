package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.internal.analysis.BodyFacts.Given;
import dev.larder.jdbc.internal.analysis.BodyFacts.Insertion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the INSERTs of a trigger's body, and which columns they give a value of the row that it
 * runs for. Used by one thread, once.
 */
final class RowInsertions {

  /*
   * A value behind NEW or OLD is that of the row as long as the body assigns nothing to it. So a column counts where the body names
   * it among inserted values only, and not at all where NEW or OLD may be another name of something, or the name of something else.
   */

  private static final Set<String> ROWS = Set.of("new", "old");

  private final Tokens tokens;
  private final Set<Integer> inValues = new HashSet<>();

  private RowInsertions(Tokens tokens) {
    this.tokens = tokens;
  }

  /** All INSERTs of the body; none where one of them is of another kind. */
  static List<Insertion> of(Tokens tokens) {
    RowInsertions reader = new RowInsertions(tokens);
    List<Insertion> found = new ArrayList<>();
    for (int i = 0; i < tokens.size; i++) {
      if (tokens.word(i).equals("INSERT")) {
        Insertion insertion = reader.insertion(i);
        if (insertion == null) {
          return List.of();
        }
        found.add(insertion);
      }
    }
    Set<String> elsewhere = found.isEmpty() ? null : reader.namedElsewhere();
    if (elsewhere == null) {
      return List.of();
    }
    return found.stream().map(insertion -> without(insertion, elsewhere)).toList();
  }

  private static Insertion without(Insertion insertion, Set<String> columns) {
    return new Insertion(
        insertion.table(),
        insertion.given().stream()
            .filter(given -> !columns.contains(given.source().toLowerCase(Locale.ROOT)))
            .toList());
  }

  /** The columns that may be assigned to, in lower case; null where any may be. */
  private @Nullable Set<String> namedElsewhere() {
    Set<String> columns = new HashSet<>();
    for (int i = 0; i < tokens.size; i++) {
      if (isRow(i)) {
        boolean returned = tokens.word(i - 1).equals("RETURN") && tokens.is(i + 1, ';');
        if (!returned && (!tokens.is(i + 1, '.') || !tokens.isName(i + 2))) {
          return null;
        }
        if (!returned && !inValues.contains(i)) {
          columns.add(tokens.part(i + 2).toLowerCase(Locale.ROOT));
        }
      }
    }
    return columns;
  }

  private boolean isRow(int i) {
    return tokens.isName(i) && ROWS.contains(tokens.part(i).toLowerCase(Locale.ROOT));
  }

  /** An INSERT of one row of values and nothing else, by its first token; null for any other. */
  private @Nullable Insertion insertion(int insert) {
    if (!tokens.word(insert + 1).equals("INTO") || !tokens.isName(insert + 2)) {
      return null;
    }
    int at = tokens.nameEnd(insert + 2);
    List<String> columns = null;
    if (tokens.is(at, '(')) {
      columns = new ArrayList<>();
      do {
        at++;
        if (!tokens.isName(at) || tokens.nameEnd(at) != at + 1) {
          return null;
        }
        columns.add(tokens.part(at++));
      } while (tokens.is(at, ','));
      if (!tokens.is(at++, ')')) {
        return null;
      }
    }
    if (!tokens.word(at).equals("VALUES") || !tokens.is(at + 1, '(')) {
      return null;
    }
    List<Given> given = new ArrayList<>();
    int end = values(at + 1, columns, given);
    return end >= 0 && tokens.is(end, ';') ? new Insertion(tokens.name(insert + 2), given) : null;
  }

  /** Reads what stands in parentheses and gives the token after it; -1 where it does not fit. */
  private int values(int open, @Nullable List<String> columns, List<Given> into) {
    int depth = 0;
    int place = 0;
    int start = open + 1;
    for (int i = open; i < tokens.size && !tokens.is(i, ';'); i++) {
      inValues.add(i);
      if (tokens.is(i, '(')) {
        depth++;
      } else if (tokens.is(i, ')')) {
        depth--;
      }
      boolean ends = depth == 0;
      if (ends || (depth == 1 && tokens.is(i, ','))) {
        if (columns != null && place == columns.size()) {
          return -1;
        }
        if (i == start + 3 && isRow(start) && tokens.is(start + 1, '.')) {
          String column = columns == null ? null : columns.get(place);
          into.add(new Given(column, place, tokens.part(start + 2)));
        }
        place++;
        start = i + 1;
      }
      if (ends) {
        return columns == null || place == columns.size() ? i + 1 : -1;
      }
    }
    return -1;
  }
}
