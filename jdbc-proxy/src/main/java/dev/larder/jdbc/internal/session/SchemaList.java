package dev.larder.jdbc.internal.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lists of schemas as PostgreSQL writes them: names parted by commas, of which one in double quotes
 * may hold anything. Stateless.
 */
public final class SchemaList {

  private SchemaList() {}

  /** A list of these names, each in quotes. */
  static String of(List<String> names) {
    StringBuilder list = new StringBuilder();
    for (String name : names) {
      list.append(list.isEmpty() ? "" : ",").append(quoted(name));
    }
    return list.toString();
  }

  public static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The names of a list; what is not in quotes is folded as PostgreSQL folds it. */
  public static List<String> parse(String text) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    boolean inQuotes = false;
    boolean wasQuoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inQuotes) {
        if (c != '"') {
          name.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          name.append(c);
          i++;
        } else {
          inQuotes = false;
        }
      } else if (c == '"') {
        inQuotes = true;
        wasQuoted = true;
      } else if (c == ',') {
        add(names, name, wasQuoted);
        wasQuoted = false;
      } else if (!Character.isWhitespace(c)) {
        name.append(c);
      }
    }
    add(names, name, wasQuoted);
    return names;
  }

  private static void add(List<String> names, StringBuilder name, boolean quoted) {
    String text = name.toString();
    name.setLength(0);
    if (quoted || !text.isEmpty()) {
      names.add(quoted ? text : text.toLowerCase(Locale.ROOT));
    }
  }
}
