package dev.larder.jdbc.internal.settings;

import dev.larder.invalidation.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A list of tables as a setting spells it: {@code book, public.author, audit.*}. Immutable and
 * thread-safe.
 *
 * <p>Letter case does not matter: a setting that is meant to leave a table out must not fail to
 * because the catalogue folds names the other way.
 */
public final class TablePatterns {
  public static final TablePatterns NONE = new TablePatterns(List.of());

  private final List<TablePattern> patterns;

  /** A pattern for each half of a name; the schema's matches anything where none was given. */
  private record TablePattern(Pattern schema, Pattern table, String text) {}

  private TablePatterns(List<TablePattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /**
   * Reads a comma-separated list; an empty text gives an empty list.
   *
   * @throws IllegalArgumentException if an item is empty or has more than two parts; the message
   *     says which
   */
  public static TablePatterns parse(String text) {
    if (text.isBlank()) {
      return NONE;
    }
    List<TablePattern> patterns = new ArrayList<>();
    for (String item : text.split(",", -1)) {
      String[] parts = item.strip().split("\\.", -1);
      for (String part : parts) {
        if (part.isBlank() || parts.length > 2) {
          throw new IllegalArgumentException("'" + item.strip() + "' is not a table's name");
        }
      }
      String schema = parts.length == 2 ? parts[0] : "*";
      patterns.add(
          new TablePattern(glob(schema), glob(parts[parts.length - 1]), String.join(".", parts)));
    }
    return new TablePatterns(patterns);
  }

  private static Pattern glob(String text) {
    String[] literals = text.strip().toLowerCase(Locale.ROOT).split("\\*", -1);
    return Pattern.compile(
        Arrays.stream(literals).map(Pattern::quote).collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }

  public boolean isEmpty() {
    return patterns.isEmpty();
  }

  /** Whether an item of the list stands for this table. */
  public boolean match(TableName table) {
    if (patterns.isEmpty()) {
      return false;
    }
    String schema = table.schema().toLowerCase(Locale.ROOT);
    String name = table.name().toLowerCase(Locale.ROOT);
    for (TablePattern pattern : patterns) {
      if (pattern.schema.matcher(schema).matches() && pattern.table.matcher(name).matches()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TablePatterns that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    return String.join(", ", patterns.stream().map(TablePattern::text).toList());
  }
}
