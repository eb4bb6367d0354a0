package dev.larder.hibernate.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.Library;
import dev.larder.hibernate.Model;
import dev.larder.hibernate.Model.Author;
import dev.larder.testkit.Databases;
import java.sql.Statement;
import org.hibernate.Session;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Symptom: a session set another schema, in which the tables have the same names, and updated or
 * inserted an entity there. Once that was committed, everybody else was given its state by the
 * second level in place of their own schema's.
 */
class WrittenInAnotherSchemaTest {

  private static final String[] OTHER = {
    "create schema other",
    "create table other.author (id bigint primary key, name varchar(100) not null)",
    "insert into other.author values (1, 'there')"
  };

  @ParameterizedTest
  @ValueSource(strings = {"set search_path to other", "set local search_path to other"})
  void anUpdateThereIsNotKeptForThoseHere(String set) throws Exception {
    try (Library library = twoSchemas()) {
      String here = nameHere(library);
      library.write(
          session -> {
            set(session, set);
            Author there = session.find(Author.class, 1L);
            assertThat(there.name).isEqualTo("there");
            there.name = "written there";
          });
      assertThat(nameHere(library)).isEqualTo(here);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"set search_path to other", "set local search_path to other"})
  void norIsAnInsert(String set) throws Exception {
    try (Library library = twoSchemas()) {
      nameHere(library);
      library.write(
          session -> {
            set(session, set);
            Author there = new Author();
            there.id = 77L;
            there.name = "written there";
            session.persist(there);
          });
      Author here = library.read(session -> session.find(Author.class, 77L));
      assertThat(here).isNull();
    }
  }

  private static String nameHere(Library library) {
    return library.read(session -> session.find(Author.class, 1L).name);
  }

  private static void set(Session session, String sql) {
    session.doWork(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
          }
        });
  }

  private static Library twoSchemas() throws Exception {
    return Library.in(Databases.postgres(), Model.SCHEMA, Model.ROWS, OTHER).overLarder();
  }
}
