package dev.larder.examples.external;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Shows a price, and looks it up all the time on a thread of its own. Thread-safe. */
final class PriceTag implements AutoCloseable {

  private final DataSource dataSource;
  private final Thread thread = new Thread(this::look, "price tag");
  private volatile boolean closed;
  private volatile int shown = -1;
  private volatile long reads;

  PriceTag(DataSource dataSource) {
    this.dataSource = dataSource;
    thread.setDaemon(true);
    thread.start();
  }

  long reads() {
    return reads;
  }

  /** Returns when that price is shown. */
  void await(int price) {
    while (shown != price && thread.isAlive()) {
      // Not a spin: on a small machine the server needs the processor.
      LockSupport.parkNanos(100_000);
    }
  }

  private void look() {
    try {
      while (!closed) {
        try (Connection connection = dataSource.getConnection();
            PreparedStatement statement =
                connection.prepareStatement("select price from book where id = 1");
            ResultSet row = statement.executeQuery()) {
          row.next();
          shown = row.getInt(1);
        }
        reads = reads + 1;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
