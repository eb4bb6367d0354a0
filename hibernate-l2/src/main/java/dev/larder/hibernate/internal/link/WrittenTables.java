package dev.larder.hibernate.internal.link;

import dev.larder.invalidation.ChangeSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a statement writes, as far as its words tell: there is no catalogue to ask. Stateless.
 *
 * <p>A text that does not name the one table it writes counts as writing any. What triggers,
 * cascades and views write beside it is not in its words.
 */
public final class WrittenTables {

  private static final Set<String> READERS =
      Set.of("select", "values", "table", "show", "explain", "set", "lock");

  private static final Pattern LEADING =
      Pattern.compile("(?:\\s|\\(|/\\*.*?\\*/|--[^\\n]*\\n)*", Pattern.DOTALL);
  private static final Pattern WRITING =
      Pattern.compile("\\b(?:insert|update|delete|merge)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAMED =
      Pattern.compile(
          "(?:(?:insert|replace|merge)\\s+(?:ignore\\s+)?into|update|delete\\s+from)\\s+"
              + "((?:\"[^\"]+\"|`[^`]+`|\\[[^\\]]+\\]|[\\w$#])+"
              + "(?:\\.(?:\"[^\"]+\"|`[^`]+`|\\[[^\\]]+\\]|[\\w$#]+))*)"
              + "(\\s+(?:as\\s+)?[\\w$#]+)?\\s*(.?)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private WrittenTables() {}

  /** What a table's own rows are, whoever writes them. */
  public static ChangeSet ofTable(String table) {
    return ChangeSet.ofTables(List.of(SimpleNames.table(table)));
  }

  /** The same, where everything that depends on the rows by their key was found and locked. */
  public static ChangeSet ofTable(String table, String cache) {
    return ofTable(table).exempting(cache, SimpleNames.table(table));
  }

  /** What that statement may write; nothing where it only reads. */
  public static ChangeSet of(String sql) {
    var leading = LEADING.matcher(sql);
    String text = leading.lookingAt() ? sql.substring(leading.end()) : sql;
    String verb = firstWord(text);
    if (READERS.contains(verb)) {
      return ChangeSet.NOTHING;
    }
    if (verb.equals("with")) {
      return WRITING.matcher(text).find() ? ChangeSet.EVERYTHING : ChangeSet.NOTHING;
    }
    var named = NAMED.matcher(text);
    boolean one =
        named.lookingAt()
            && !named.group(1).equalsIgnoreCase("only")
            && !named.group(3).equals(",")
            && !isSeveral(text)
            && (!verb.equals("update") || setsAtOnce(text.substring(named.end(1))));
    return one ? ofTable(named.group(1)) : ChangeSet.EVERYTHING;
  }

  private static String firstWord(String text) {
    int end = 0;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end).toLowerCase(Locale.ROOT);
  }

  private static boolean isSeveral(String text) {
    int semicolon = text.indexOf(';');
    return semicolon >= 0 && !text.substring(semicolon + 1).isBlank();
  }

  /** Whether nothing but another name for the table stands before SET: no second table. */
  private static boolean setsAtOnce(String rest) {
    return rest.matches("(?is)\\s+(?:as\\s+)?(?:[\\w$#]+\\s+)?set\\b.*");
  }
}
