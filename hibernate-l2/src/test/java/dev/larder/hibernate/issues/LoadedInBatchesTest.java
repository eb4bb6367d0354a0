package dev.larder.hibernate.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.hibernate.Library;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.util.List;
import org.hibernate.annotations.BatchSize;

/**
 * Symptom: rows that Hibernate loads in batches, or by several ids at once, came from the database
 * each time on PostgreSQL and H2, because it names their ids by an array.
 */
class LoadedInBatchesTest {

  @Entity(name = "part")
  @BatchSize(size = 10)
  static class Part {
    @Id Long id;
    String name;

    String name() {
      return name;
    }
  }

  @Entity(name = "kit")
  static class Kit {
    @Id Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    Part part;
  }

  private static Library open(TestDatabase database) {
    assumeTrue(!database.product().speaksMySql(), "MySQL and MariaDB have no arrays");
    return Library.in(
            database,
            new String[] {
              "create table part (id bigint primary key, name varchar(20))",
              "create table kit (id bigint primary key, part_id bigint)",
              "insert into part values (1, 'a'), (2, 'b'), (3, 'c')",
              "insert into kit values (10, 1), (20, 2)"
            })
        .entities(Part.class, Kit.class)
        .overLarder();
  }

  private static List<String> partsOfKits(Library library) {
    return library.read(
        session ->
            session.createQuery("from kit order by id", Kit.class).getResultList().stream()
                .map(kit -> kit.part.name())
                .toList());
  }

  private static List<String> parts(Library library, Long... ids) {
    return library.read(
        session ->
            session.findMultiple(Part.class, List.of(ids)).stream().map(Part::name).toList());
  }

  @EachDatabase
  void aBatchIsReadFromMemory(TestDatabase database) throws Exception {
    try (Library library = open(database)) {
      assertThat(partsOfKits(library)).containsExactly("a", "b");
      long hits = library.larder().statistics().hits();
      assertThat(partsOfKits(library)).containsExactly("a", "b");
      assertThat(library.larder().statistics().hits()).isEqualTo(hits + 2);
      library.run("update part set name = 'z' where id = 3");
      assertThat(partsOfKits(library)).containsExactly("a", "b");
      // To H2 it sends an array that is filled up with nulls, which would find a null.
      long spared = database.product() == Product.H2 ? 1 : 2;
      assertThat(library.larder().statistics().hits()).isEqualTo(hits + 2 + spared);
      library.run("update part set name = 'y' where id = 2");
      assertThat(partsOfKits(library)).containsExactly("a", "y");
      assertThat(library.larder().statistics().hits()).isEqualTo(hits + 3 + spared);
    }
  }

  @EachDatabase
  void severalIdsAreReadFromMemory(TestDatabase database) throws Exception {
    try (Library library = open(database)) {
      assertThat(parts(library, 1L, 3L)).containsExactly("a", "c");
      long hits = library.larder().statistics().hits();
      assertThat(parts(library, 1L, 3L)).containsExactly("a", "c");
      assertThat(library.larder().statistics().hits()).isEqualTo(hits + 1);
      library.run("update part set name = 'y' where id = 2");
      assertThat(parts(library, 1L, 3L)).containsExactly("a", "c");
      assertThat(library.larder().statistics().hits()).isEqualTo(hits + 2);
      library.run("update part set name = 'y' where id = 3");
      assertThat(parts(library, 1L, 3L)).containsExactly("a", "y");
      assertThat(library.larder().statistics().hits()).isEqualTo(hits + 2);
    }
  }
}
