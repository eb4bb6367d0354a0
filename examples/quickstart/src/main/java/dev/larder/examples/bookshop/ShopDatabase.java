package dev.larder.examples.bookshop;

import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * A database inside this process for the shop to live in: H2 in memory, or a real PostgreSQL
 * server. Safe for use by several threads; closing it drops the data.
 */
final class ShopDatabase implements AutoCloseable {

  /** The products that the bookshop runs on. */
  enum Kind {
    H2("drop all objects", "dev.larder.examples.bookshop.StockTrigger=writes(STOCK_MOVEMENT)"),
    POSTGRES(
        "drop schema public cascade;create schema public", "stock_changed=writes(stock_movement)");

    private final String empty;
    private final String declaredFunctions;

    Kind(String empty, String declaredFunctions) {
      this.empty = empty;
      this.declaredFunctions = declaredFunctions;
    }

    /** The kind that an option of the command line means. */
    static Kind named(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "h2" -> H2;
        case "postgres", "postgresql" -> POSTGRES;
        default ->
            throw new IllegalArgumentException("the database is h2 or postgres, not " + name);
      };
    }

    /** Leaves nothing in the database. */
    SqlScript empty() {
      return SqlScript.of(empty.split(";", -1));
    }

    SqlScript trigger() {
      return SqlScript.named(this == H2 ? "trigger-h2.sql" : "trigger-postgresql.sql");
    }

    /** What the trigger does, for the setting {@code larder.functions}. */
    String declaredFunctions() {
      return declaredFunctions;
    }
  }

  /** What makes the database go away. */
  private interface Ending {
    void end() throws SQLException;
  }

  private final Kind kind;
  private final DataSource dataSource;
  private final Ending ending;

  private ShopDatabase(Kind kind, DataSource dataSource, Ending ending) {
    this.kind = kind;
    this.dataSource = dataSource;
    this.ending = ending;
  }

  /** Starts an empty database. The name tells H2's in-memory databases apart. */
  static ShopDatabase start(Kind kind, String name) throws SQLException {
    if (kind == Kind.POSTGRES) {
      TestDatabase database = Databases.postgres();
      return new ShopDatabase(kind, database.dataSource(), database::close);
    }
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:" + name + ";LOCK_TIMEOUT=10000");
    // An in-memory database lives as long as somebody is connected.
    Connection keeper = h2.getConnection();
    return new ShopDatabase(kind, h2, keeper::close);
  }

  Kind kind() {
    return kind;
  }

  /** The database itself: no pool, no Larder, a new connection for each call. */
  DataSource dataSource() {
    return dataSource;
  }

  /** Product and version, as the driver says. */
  String describe() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      DatabaseMetaData about = connection.getMetaData();
      String version = about.getDatabaseProductVersion();
      return about.getDatabaseProductName() + " " + version.split(" ", -1)[0];
    }
  }

  @Override
  public void close() throws SQLException {
    ending.end();
  }
}
