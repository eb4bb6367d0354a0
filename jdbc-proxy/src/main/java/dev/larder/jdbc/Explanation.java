package dev.larder.jdbc;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Larder does with a SQL text and why. Immutable and thread-safe.
 *
 * @param cached whether an answer may be stored and served, for a session without changes of its
 *     own
 * @param reason why it may not; null exactly if {@code cached}
 * @param detail what in the text or the database the reason is about, as a clause; of a text that
 *     is cached, or that writes, the rows and columns of its tables that count, where those are not
 *     all; may be empty
 * @param tables the tables whose changes would make the answer be forgotten, as the catalogue
 *     spells them; of a statement that writes, the tables it writes
 * @param functions the functions the text calls
 * @param template the text with comments dropped, white space folded and literals lifted;
 *     statements of one template are judged once
 */
public record Explanation(
    boolean cached,
    @Nullable BypassReason reason,
    String detail,
    Set<String> tables,
    Set<String> functions,
    String template) {

  public Explanation {
    if (cached != (reason == null)) {
      throw new IllegalArgumentException("a reason is given exactly if nothing is cached");
    }
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(template, "template");
    tables = Set.copyOf(tables);
    functions = Set.copyOf(functions);
  }

  /** An answer may be stored and served until one of these tables changes. */
  public static Explanation cached(
      String detail, Set<String> tables, Set<String> functions, String template) {
    return new Explanation(true, null, detail, tables, functions, template);
  }

  /** The database answers, every time. */
  public static Explanation bypassed(
      BypassReason reason,
      String detail,
      Set<String> tables,
      Set<String> functions,
      String template) {
    return new Explanation(false, reason, detail, tables, functions, template);
  }

  /** A sentence or two in English. */
  @Override
  public String toString() {
    StringBuilder words = new StringBuilder();
    if (reason == null) {
      words.append("Cached");
      if (!tables.isEmpty()) {
        words.append(" until one of its tables changes: ").append(names());
      }
    } else {
      words.append("Not cached: ").append(reason.sentence());
    }
    if (!detail.isEmpty()) {
      words.append(" (").append(detail).append(')');
    }
    words.append('.');
    if (reason != null && !tables.isEmpty()) {
      words.append(" Tables: ").append(names()).append('.');
    }
    return words.toString();
  }

  private String names() {
    return String.join(", ", tables.stream().sorted().toList());
  }
}
