package dev.larder.examples.hibernate;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;
import org.h2.jdbcx.JdbcDataSource;

/** Four writers, and what the next reader sees. */
public final class Main {

  private final Larder larder;
  private final JdbcDataSource database;

  private Main(Larder larder, JdbcDataSource database) {
    this.larder = larder;
    this.database = database;
  }

  public static void main(String[] arguments) throws SQLException {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:larder;DB_CLOSE_DELAY=-1");
    try (Larder larder = new Larder(database)) {
      new Main(larder, database).run();
    }
  }

  private void run() throws SQLException {
    larder.put(new Jar(1, "honey", 40));
    larder.put(new Jar(2, "mustard", 3));

    say("honey, read", () -> larder.spoons(1));
    say("honey, read again", () -> larder.spoons(1));
    say("nearly empty, asked", larder::nearlyEmpty);
    say("nearly empty, asked again", larder::nearlyEmpty);

    larder.spoons(1, 4);
    System.out.println("-- an entity was updated");
    say("honey", () -> larder.spoons(1));
    say("nearly empty", larder::nearlyEmpty);

    larder.inTransaction(
        session ->
            session
                .createNativeMutationQuery("update jar set spoons = 50 where id = 2")
                .executeUpdate());
    System.out.println("-- a native UPDATE, which names no entity");
    say("mustard", () -> larder.spoons(2));
    say("nearly empty", larder::nearlyEmpty);

    larder.inTransaction(
        session ->
            session.doWork(
                connection -> {
                  try (Statement statement = connection.createStatement()) {
                    statement.execute("update jar set spoons = 49 where id = 2");
                  }
                }));
    System.out.println("-- plain JDBC on the session's connection");
    say("mustard", () -> larder.spoons(2));

    try (Connection elsewhere = database.getConnection();
        Statement statement = elsewhere.createStatement()) {
      statement.execute("update jar set spoons = 1 where id = 2");
    }
    larder.changedElsewhere();
    System.out.println("-- another program, and a call of the hook");
    say("mustard", () -> larder.spoons(2));
    say("nearly empty", larder::nearlyEmpty);
  }

  private void say(String what, Supplier<Object> read) {
    long before = larder.statements();
    Object found = read.get();
    long asked = larder.statements() - before;
    System.out.printf(
        "%-28s %-20s %s%n", what, found, asked == 0 ? "from memory" : "from the database");
  }
}
