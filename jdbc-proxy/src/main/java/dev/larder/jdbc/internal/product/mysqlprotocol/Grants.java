package dev.larder.jdbc.internal.product.mysqlprotocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the information_schema lets the current user see, by {@code SHOW GRANTS}. Not thread-safe
 * while it is being filled.
 */
final class Grants {

  private static final Pattern GRANT =
      Pattern.compile("^GRANT (?<privileges>.+?) ON (?<object>\\S+) TO .*", Pattern.DOTALL);
  private static final Pattern OBJECT =
      Pattern.compile("(\\*|`(?:[^`]|``)*`)\\.(\\*|`(?:[^`]|``)*`)");
  private static final Pattern SHOWS_TABLES =
      Pattern.compile("\\b(ALL PRIVILEGES|SELECT|INSERT|UPDATE|DELETE)\\b(?! \\()");
  private static final Pattern SHOWS_TRIGGERS = Pattern.compile("\\b(ALL PRIVILEGES|TRIGGER)\\b");

  private record Scope(Pattern schema, Pattern table) {}

  private final List<Scope> allTables = new ArrayList<>();
  private final List<Scope> triggers = new ArrayList<>();

  private boolean partlyRevoked;

  void add(String grant) {
    // A privilege on all schemas then leaves out those that it was revoked on.
    partlyRevoked |= grant.startsWith("REVOKE ");
    Matcher matcher = GRANT.matcher(grant);
    if (!matcher.matches()) {
      return;
    }
    Matcher object = OBJECT.matcher(matcher.group("object"));
    if (!object.matches()) {
      return;
    }
    boolean oneTable = !object.group(2).equals("*");
    // The name of a schema is a pattern only where the grant is on all its tables.
    Scope scope = new Scope(like(object.group(1), !oneTable), like(object.group(2), false));
    String privileges = matcher.group("privileges").toUpperCase(Locale.ROOT);
    if (!oneTable && SHOWS_TABLES.matcher(privileges).find()) {
      allTables.add(scope);
    }
    if (SHOWS_TRIGGERS.matcher(privileges).find()) {
      triggers.add(scope);
    }
  }

  /** Whether every table of the schema shows. */
  boolean showAllTables(String schema) {
    return !partlyRevoked
        && allTables.stream().anyMatch(scope -> scope.schema().matcher(schema).matches());
  }

  /** Whether every trigger of the table shows. */
  boolean showTriggers(String schema, String table) {
    return !partlyRevoked
        && triggers.stream()
            .anyMatch(
                scope ->
                    scope.schema().matcher(schema).matches()
                        && scope.table().matcher(table).matches());
  }

  private static Pattern like(String quoted, boolean wildcards) {
    if (quoted.equals("*")) {
      return Pattern.compile(".*", Pattern.DOTALL);
    }
    String name = quoted.substring(1, quoted.length() - 1).replace("``", "`");
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (wildcards && c == '\\' && i + 1 < name.length()) {
        i++;
        regex.append(Pattern.quote(String.valueOf(name.charAt(i))));
      } else if (wildcards && c == '%') {
        regex.append(".*");
      } else if (wildcards && c == '_') {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
