package dev.larder.jdbc.history;

import com.mysql.cj.jdbc.MysqlDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Relay;
import dev.larder.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** How the clients of a run reach the database. Thread-safe. */
enum Sources {
  /** A pool and nothing else: what the database does by itself. */
  RAW {
    @Override
    DataSource over(DataSource driver) {
      HikariConfig config = new HikariConfig();
      config.setDataSource(driver);
      config.setMaximumPoolSize(POOL_SIZE);
      config.setMinimumIdle(0);
      return new HikariDataSource(config);
    }
  },
  /** Larder. */
  LARDER {
    @Override
    DataSource over(DataSource driver) {
      return LarderDataSource.wrap(driver, settings());
    }
  };

  static final int POOL_SIZE = 24;

  abstract DataSource over(DataSource driver);

  static Properties settings() {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    settings.setProperty("larder.pool.maximum-size", Integer.toString(POOL_SIZE));
    return settings;
  }

  /** For a Larder that others write past, unseen for longer than a run takes. */
  static Properties settingsForAnyWriter() {
    Properties settings = settings();
    settings.setProperty("larder.writers", "anyone");
    settings.setProperty("larder.max-staleness", "1h");
    return settings;
  }

  /** The driver's own data source, by way of a relay or not. */
  static DataSource driver(TestDatabase database, @Nullable Relay relay) {
    String url =
        (relay == null ? database.url() : database.urlThrough(relay))
            .replace(";DB_CLOSE_DELAY=-1", "");
    switch (database.product()) {
      case POSTGRESQL -> {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(database.username());
        source.setPassword(database.password());
        if (relay != null) {
          // So that COMMIT is sent by its text each time.
          source.setPrepareThreshold(0);
        }
        return source;
      }
      case MYSQL -> {
        if (url.startsWith("jdbc:mariadb:")) {
          return mariaDb(url, database);
        }
        MysqlDataSource source = new MysqlDataSource();
        source.setUrl(url);
        source.setUser(database.username());
        source.setPassword(database.password());
        return source;
      }
      case MARIADB -> {
        return mariaDb(url, database);
      }
      case H2 -> {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser(database.username());
        source.setPassword(database.password());
        return source;
      }
    }
    throw new IllegalStateException(database.product().toString());
  }

  private static DataSource mariaDb(String url, TestDatabase database) {
    try {
      MariaDbDataSource source = new MariaDbDataSource(url);
      source.setUser(database.username());
      source.setPassword(database.password());
      return source;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
