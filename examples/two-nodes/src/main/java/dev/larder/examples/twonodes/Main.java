package dev.larder.examples.twonodes;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;

/** Starts the servers and the other process, works for a day and prints what came of it. */
public final class Main {

  private static final int CHANGES = 500;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    Counter.Day day = run(CHANGES);
    System.out.printf(
        "%n%8s %8s %12s %14s %14s%n", "changes", "reads", "from memory", "seen, median", "longest");
    System.out.printf(
        "%8d %8d %12d %11.1f ms %11.1f ms%n",
        day.changes(), day.reads(), day.fromMemory(), day.median() / 1e3, day.longest() / 1e3);
    // A pool's threads may outlive the work by a moment.
    System.exit(0);
  }

  static Counter.Day run(int changes) throws Exception {
    try (TestDatabase database = Databases.postgres()) {
      database.execute(
          "create table book (id int primary key, price int not null)",
          "insert into book values (1, 0)");
      Place place = Place.of(database);
      try (BackOffice office = BackOffice.start(place);
          LarderDataSource node = place.node()) {
        return Counter.work(node, office, changes);
      }
    }
  }
}
