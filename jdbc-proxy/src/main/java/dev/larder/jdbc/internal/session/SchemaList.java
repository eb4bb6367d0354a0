package dev.larder.jdbc.internal.session;

import java.util.ArrayList;
import java.util.List;

/** Reads a comma-separated list of schemas as SET search_path takes it, quotes or none. */
final class SchemaList {

  private SchemaList() {}

  static List<String> parse(String text) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c != quote) {
          name.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
          name.append(c);
          i++;
        } else {
          quote = 0;
        }
      } else if (c == '\'' || c == '"' || c == '`') {
        quote = c;
      } else if (c == ',') {
        add(names, name);
      } else if (!Character.isWhitespace(c)) {
        name.append(c);
      }
    }
    add(names, name);
    return names;
  }

  private static void add(List<String> names, StringBuilder name) {
    // A quoted string may itself hold a list: set_config('search_path', 'a, b', false).
    String text = name.toString();
    name.setLength(0);
    if (text.indexOf(',') >= 0 || text.indexOf('"') >= 0) {
      names.addAll(parse(text));
    } else if (!text.isEmpty()) {
      names.add(text);
    }
  }
}
