package dev.larder.jdbc.internal.result.driver.mariadb;

import java.lang.reflect.Proxy;
import java.util.Calendar;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.client.Context;

/**
 * The context in which the driver's decoders work, without its connection: the settings, and the
 * JVM's time zone. Immutable and thread-safe.
 */
final class MariaContext {

  private final Configuration configuration;
  private final Context context;
  private final boolean isMariaDb;

  /** Made when it is asked for: the driver takes most of a millisecond to say its settings. */
  private volatile @Nullable String text;

  private MariaContext(Configuration configuration, boolean isMariaDb) {
    this.configuration = configuration;
    this.isMariaDb = isMariaDb;
    this.context =
        (Context)
            Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getConf" -> configuration;
                      case "getDefaultCalendar" -> Calendar.getInstance();
                      case "getConnectionTimeZone" -> TimeZone.getDefault();
                      default -> throw new IllegalStateException(method.getName());
                    });
  }

  /**
   * The context of a connection.
   *
   * @param known one that is taken if it is the same, or null
   */
  static MariaContext of(Context ofConnection, @Nullable MariaContext known) {
    Configuration configuration = ofConnection.getConf();
    boolean isMariaDb = ofConnection.getVersion().isMariaDBServer();
    return known != null
            && known.isMariaDb == isMariaDb
            && known.configuration.equals(configuration)
        ? known
        : new MariaContext(configuration, isMariaDb);
  }

  Configuration configuration() {
    return configuration;
  }

  /** Whether the server is MariaDB, and not another that speaks its language. */
  boolean isMariaDb() {
    return isMariaDb;
  }

  /** All that it says, to be compared with what another JVM has. */
  String text() {
    String known = text;
    if (known == null) {
      known = isMariaDb + " " + configuration;
      text = known;
    }
    return known;
  }

  Context context() {
    return context;
  }
}
