package dev.larder.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An embedded MySQL or MariaDB server that keeps a binary log of rows, which the test may kill and
 * start again.
 *
 * <p>Not safe for use by several threads; the databases it makes are.
 */
public final class BinlogServer implements OwnServer {

  private final Product product;
  private final Endpoint endpoint;
  private final RestartableServer process;

  private BinlogServer(Product product, List<String> settings) throws IOException {
    this.product = product;
    Guardian guardian = Guardian.ofNewDirectory("larder-binlog", "KILL");
    try {
      PreparedServer prepared = prepared(product, guardian, settings);
      endpoint = prepared.endpoint();
      process =
          new RestartableServer(
              prepared.command(), prepared.environment(), guardian, prepared.readiness());
    } catch (IOException e) {
      guardian.finish();
      throw e;
    }
  }

  private static PreparedServer prepared(Product product, Guardian guardian, List<String> settings)
      throws IOException {
    boolean isMariaDb = product == Product.MARIADB;
    List<String> all =
        new ArrayList<>(isMariaDb ? MariaDbServer.LOGGING_SETTINGS : MySqlServer.LOGGING_SETTINGS);
    all.addAll(settings);
    if (isMariaDb) {
      return MariaDbServer.prepare(guardian, all);
    }
    Unprivileged unprivileged = Unprivileged.here();
    unprivileged.own(guardian.directory());
    return MySqlServer.prepare(guardian, unprivileged, all);
  }

  static BinlogServer start(Product product, List<String> settings) throws IOException {
    return new BinlogServer(product, settings);
  }

  @Override
  public TestDatabase fresh() {
    return product == Product.MARIADB
        ? MariaDbDatabase.create(endpoint)
        : MySqlDatabase.create(endpoint);
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void restart() {
    process.restart();
  }

  @Override
  public void close() {
    process.stop();
  }
}
