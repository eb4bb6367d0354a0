package dev.larder.jdbc.internal.product.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server that answers as MySQL says it is. Immutable and thread-safe.
 *
 * @param version what {@code version()} answers
 * @param comment what {@code @@version_comment} holds
 * @param marks the names of variables that only others have
 */
record MySqlServer(String version, String comment, List<String> marks) {

  /*
   * Many servers speak the protocol, and some tell the version of the MySQL that they are made from.
   * So whoever is MySQL is known by both texts, and by what it lacks.
   */

  private static final Pattern VERSION =
      Pattern.compile(
          "(\\d+)\\.(\\d+)\\.(\\d+)"
              + "(-log|-debug|-commercial|-enterprise|-\\d+ubuntu[\\d.]*|-\\d+)?");

  private static final List<String> COMMENTS =
      List.of(
          "mysql community server",
          "mysql enterprise server",
          "source distribution",
          "(ubuntu)",
          "(debian)",
          "homebrew");

  /** The oldest release whose catalogue has what is read of it. */
  private static final int[] OLDEST = {8, 0, 13};

  private static final String MARKS =
      "show global variables where variable_name in ('aurora_version', 'polardb_version',"
          + " 'tidb_version', 'tidb_config', 'wsrep_on', 'aurora_server_id',"
          + " 'rds_version', 'ob_compatibility_version', 'version_vitess', 'dolt_version')"
          + " or variable_name like 'tidb\\_%' or variable_name like 'aurora\\_%'"
          + " or variable_name like 'polar\\_%' or variable_name like 'wsrep\\_%'";

  static MySqlServer of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String version;
      String comment;
      try (ResultSet row = statement.executeQuery("select version(), @@version_comment")) {
        row.next();
        version = String.valueOf(row.getString(1));
        comment = String.valueOf(row.getString(2));
      }
      try (ResultSet rows = statement.executeQuery(MARKS)) {
        return new MySqlServer(
            version, comment, rows.next() ? List.of(rows.getString(1)) : List.of());
      }
    }
  }

  /** Whether it is a release of MySQL that Larder knows. */
  boolean isKnown() {
    Matcher numbers = VERSION.matcher(version);
    if (!numbers.matches() || !marks.isEmpty()) {
      return false;
    }
    String lower = comment.toLowerCase(Locale.ROOT);
    return COMMENTS.stream().anyMatch(lower::startsWith) && isNewEnough(numbers);
  }

  private static boolean isNewEnough(Matcher numbers) {
    for (int part = 0; part < OLDEST.length; part++) {
      int number = Integer.parseInt(numbers.group(part + 1));
      if (number != OLDEST[part]) {
        return number > OLDEST[part];
      }
    }
    return true;
  }

  /** How it is named to a user. */
  @Override
  public String toString() {
    String name = "the server " + version + " (" + comment + ")";
    return marks.isEmpty() ? name : name + " with " + marks.get(0);
  }
}
