package dev.larder.jdbc.internal.product.mysql;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.catalog.CatalogueQueries;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What MySQL's information_schema shows for an expression or a body, which is not always what was
 * written. Stateless.
 */
final class WrittenText {

  /*
   * An expression of a column is shown as inside a string: 'a' as \'a\'. A body is shown with the
   * contents of its strings in place of what was written: '\'' and '''' as '''. So the code between
   * two such strings looks like a part of one, and what it writes would go unseen. A quote that ends
   * nothing takes three of its kind.
   */

  private static final int QUOTES_OF_ONE_STRING = 2;
  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)", Pattern.DOTALL);
  private static final Pattern QUOTES = Pattern.compile("['\"\\\\]");
  private static final Pattern TYPES = Pattern.compile("TRIGGER|FUNCTION|PROCEDURE");

  private WrittenText() {}

  static String expression(String shown) {
    int quote = shown.indexOf('\'');
    return quote > 0 && shown.charAt(quote - 1) == '\\' ? withoutEscapes(shown) : shown;
  }

  private static String withoutEscapes(String text) {
    return ESCAPED
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(unescaped(match.group(1))));
  }

  private static String unescaped(String character) {
    return switch (character) {
      case "n" -> "\n";
      case "r" -> "\r";
      case "t" -> "\t";
      case "b" -> "\b";
      case "0" -> "\0";
      case "Z" -> "\u001a";
      default -> character;
    };
  }

  static String body(CatalogueQueries queries, String type, TableName name, String shown)
      throws SQLException {
    boolean exact =
        count(shown, '\'') <= QUOTES_OF_ONE_STRING && count(shown, '"') <= QUOTES_OF_ONE_STRING;
    if (exact) {
      return shown;
    }
    if (!TYPES.matcher(type).matches()) {
      return "";
    }
    List<String> written = new ArrayList<>();
    queries.each(
        "SHOW CREATE " + type + " " + quoted(name.schema()) + "." + quoted(name.name()),
        row -> written.add(row.getString(3) == null ? "" : row.getString(3)));
    return written.size() == 1 ? end(written.get(0), shown) : "";
  }

  /** The end of a definition that is shown as this; empty where none is. */
  static String end(String written, String shown) {
    if (written.endsWith(shown)) {
      return shown;
    }
    String contents = contents(shown);
    String head = QUOTES.split(shown, 2)[0];
    if (head.isBlank()) {
      return "";
    }
    for (int at = written.indexOf(head); at >= 0; at = written.indexOf(head, at + 1)) {
      String end = written.substring(at);
      if (contents(withoutEscapes(end)).equals(contents)) {
        return end;
      }
    }
    return "";
  }

  private static String contents(String text) {
    return QUOTES.matcher(text).replaceAll("");
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static long count(String text, char character) {
    return text.chars().filter(c -> c == character).count();
  }
}
