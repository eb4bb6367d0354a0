package dev.larder.jdbc.internal.result.driver.mariadb;

import java.lang.reflect.Proxy;
import java.util.Calendar;
import java.util.TimeZone;
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
  private final String text;

  /**
   * @param ofConnection the context of the connection
   */
  MariaContext(Context ofConnection) {
    Configuration configuration = ofConnection.getConf();
    this.configuration = configuration;
    this.isMariaDb = ofConnection.getVersion().isMariaDBServer();
    this.text = isMariaDb + " " + configuration;
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

  Configuration configuration() {
    return configuration;
  }

  /** Whether the server is MariaDB, and not another that speaks its language. */
  boolean isMariaDb() {
    return isMariaDb;
  }

  /** All that it says, to be compared with what another JVM has. */
  String text() {
    return text;
  }

  Context context() {
    return context;
  }
}
