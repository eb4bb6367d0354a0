package dev.larder.consumer.redis;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/** Nobody answers at that port: Lettuce says so, and statements run as before. */
public final class Main {
  private Main() {}

  /** Ends with an exception where something is not as it should be. */
  public static void main(String[] arguments) throws SQLException {
    try (LarderDataSource larder =
            LarderDataSource.builder()
                .url("jdbc:h2:mem:consumer;DB_CLOSE_DELAY=-1")
                .setting(Setting.WRITERS, "larder-nodes")
                .setting(Setting.INVALIDATION_REDIS, "redis://localhost:9")
                .setting(Setting.INVALIDATION_REDIS_SECRET, "at least sixteen characters")
                .build();
        Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table book (id int primary key)");
      statement.execute("insert into book values (42)");
      try (ResultSet row = statement.executeQuery("select id from book")) {
        row.next();
      }
      String sources = "";
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      while (!sources.contains("Unable to connect") && System.nanoTime() < deadline) {
        sources = larder.invalidation().sources().toString();
      }
      if (!sources.contains("Unable to connect")) {
        throw new IllegalStateException("not tried: " + sources);
      }
      System.out.println("redis: " + Main.class.getModule() + " tried to connect");
    }
    System.exit(0);
  }
}
