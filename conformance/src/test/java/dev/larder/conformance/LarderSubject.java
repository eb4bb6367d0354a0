package dev.larder.conformance;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.larder.jdbc.LarderDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;

/** Larder, above a pool as an application has it. */
final class LarderSubject implements Subject {

  @Override
  public String name() {
    return "Larder";
  }

  @Override
  public DataSource above(Below below) {
    HikariConfig pooled = new HikariConfig();
    pooled.setDataSource(below.dataSource());
    pooled.setMaximumPoolSize(20);
    pooled.setMinimumIdle(0);
    pooled.setInitializationFailTimeout(-1);
    pooled.setConnectionTimeout(5_000);
    HikariDataSource pool = new HikariDataSource(pooled);
    Properties settings = new Properties();
    settings.setProperty("larder.admission", "always");
    switch (below.writers()) {
      case THROUGH_THE_CACHE -> settings.setProperty("larder.writers", "this-jvm");
      case ANYONE ->
          settings.setProperty("larder.max-staleness", Below.MAX_STALENESS.toMillis() + "ms");
    }
    return new ClosingBoth(LarderDataSource.wrap(pool, settings), pool);
  }

  /** Larder leaves a DataSource that it was given to the application, which is us. */
  private static final class ClosingBoth extends Forwarding implements AutoCloseable {
    private final LarderDataSource larder;
    private final HikariDataSource pool;

    ClosingBoth(LarderDataSource larder, HikariDataSource pool) {
      this.larder = larder;
      this.pool = pool;
    }

    @Override
    public Connection getConnection() throws SQLException {
      return larder.getConnection();
    }

    @Override
    public void close() {
      larder.close();
      pool.close();
    }
  }
}
