package dev.larder.jdbc.internal.source.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.network.SSLMode;
import dev.larder.jdbc.internal.pool.Origin;
import dev.larder.jdbc.internal.settings.JdbcUrl;
import dev.larder.jdbc.internal.source.SourceException;
import dev.larder.jdbc.internal.source.SourceTarget;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The server of which a source reads the binary log. Immutable and thread-safe. */
public record BinlogTarget(Origin.Url url, Duration patience) implements SourceTarget {

  private static final long SHORTEST_ANSWER_MILLIS = 1_000;
  private static final long LONGEST_ANSWER_MILLIS = 30_000;
  private static final int STANDARD_PORT = 3306;
  private static final Pattern ONE_HOST =
      Pattern.compile("jdbc:(?:mysql|mariadb)://([^/:,@()\\[\\]]+)(?::(\\d{1,5}))?(?:/.*)?");

  /** How long an answer may take. */
  long answerMillis() {
    return Math.min(LONGEST_ANSWER_MILLIS, Math.max(SHORTEST_ANSWER_MILLIS, patience.toMillis()));
  }

  @Override
  public Connection open(String use) throws SQLException {
    Properties properties = url.properties();
    put(properties, "user", url.user());
    put(properties, "password", url.password());
    String millis = Long.toString(answerMillis());
    properties.putIfAbsent("socketTimeout", millis);
    properties.putIfAbsent("connectTimeout", millis);
    Connection connection = url.driver().connect(url.url(), properties);
    if (connection == null) {
      throw new SQLNonTransientConnectionException("the driver does not accept " + url, "08001");
    }
    return connection;
  }

  private static void put(Properties properties, String name, @Nullable String value) {
    if (value != null) {
      properties.setProperty(name, value);
    }
  }

  /**
   * A client that will connect to the same server as the same user.
   *
   * @param sql a connection to it
   * @throws SourceException where the URL says more than the client understands
   */
  BinaryLogClient client(Connection sql) throws SQLException, SourceException {
    Matcher host = ONE_HOST.matcher(JdbcUrl.of(url.url()).head());
    if (!host.matches()) {
      throw new SourceException(
          "the binary log cannot be read by the URL "
              + url
              + ": set larder.invalidation.mysql.url to one of the form"
              + " jdbc:mysql://host:port/?user=...&password=...");
    }
    int port = host.group(2) == null ? STANDARD_PORT : Integer.parseInt(host.group(2));
    BinaryLogClient client =
        new BinaryLogClient(host.group(1), port, value("user"), value("password"));
    client.setSSLMode(encryption(sql));
    client.setKeepAlive(false);
    return client;
  }

  /** Who must be sure of the server is, as far as the JVM's own trust store goes. */
  private SSLMode encryption(Connection sql) throws SQLException {
    String mode = value("sslMode").toLowerCase(Locale.ROOT).replace('_', '-');
    boolean verifies =
        value("verifyServerCertificate").equalsIgnoreCase("true") || mode.equals("verify-ca");
    if (mode.equals("verify-full") || mode.equals("verify-identity")) {
      return SSLMode.VERIFY_IDENTITY;
    } else if (verifies) {
      return SSLMode.VERIFY_CA;
    }
    try (Statement statement = sql.createStatement();
        ResultSet row = statement.executeQuery("SHOW SESSION STATUS LIKE 'Ssl_cipher'")) {
      boolean encrypted = row.next() && row.getString(2) != null && !row.getString(2).isEmpty();
      return encrypted ? SSLMode.REQUIRED : SSLMode.DISABLED;
    }
  }

  /** A parameter's value: what the DataSource was given goes before what the URL says. */
  private String value(String name) {
    String given =
        name.equals("user") ? url.user() : name.equals("password") ? url.password() : null;
    if (given == null) {
      given = url.properties().getProperty(name);
    }
    if (given != null) {
      return given;
    }
    for (String parameter : JdbcUrl.of(url.url()).parameters()) {
      if (JdbcUrl.name(parameter).equalsIgnoreCase(name)) {
        return URLDecoder.decode(
            JdbcUrl.value(parameter).replace("+", "%2B"), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  /** How often a server with nothing to tell says that it is there. */
  static long heartbeatMillis() {
    return TimeUnit.SECONDS.toMillis(1);
  }
}
