package dev.larder.jdbc.issues;

import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests that compare Larder with a PostgreSQL database of their own, which begins as they say. */
abstract class ComparedOnPostgres {

  TestDatabase database;
  Compared compared;

  private final String[] definitions;

  ComparedOnPostgres(String... definitions) {
    this.definitions = definitions;
  }

  @BeforeEach
  void open() {
    database = Databases.postgres();
    database.execute(definitions);
    compared = new Compared(database);
  }

  @AfterEach
  void close() {
    compared.close();
    database.close();
  }

  /** Defines more, for a Larder that has seen no other definitions. */
  final void start(String... ddl) {
    database.execute(ddl);
    compared.close();
    compared = new Compared(database);
  }
}
