package dev.larder.hibernate.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.CacheSetting;
import dev.larder.hibernate.Library;
import dev.larder.testkit.Databases;
import jakarta.persistence.Cacheable;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.PrimaryKeyJoinColumn;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.hibernate.Hibernate;
import org.hibernate.StatelessSession;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Symptom: a stateless session could not insert, update, upsert or delete an entity that owns a
 * collection (NullPointerException), and over a plain DataSource what it wrote was not seen.
 */
class StatelessCollectionsTest {

  private static final String[] SCHEMA = {
    "create table plant (id bigint primary key, name varchar(40), height int, kind varchar(40))",
    "create table plant_note (plant_id bigint primary key, note varchar(40))",
    "create table plant_tag (plant_id bigint not null, tag varchar(40))",
    "create table plant_spot (plant_id bigint not null, x int, y int)",
    "create table tree (id bigint primary key, rings int)",
    "insert into plant values (1, 'moss', 1, 'old'), (2, 'oak', 20, 'old')",
    "insert into plant_note values (1, 'n1'), (2, 'n2')",
    "insert into plant_tag values (1, 'a'), (2, 'a'), (2, 'b')",
    "insert into plant_spot values (1, 1, 1)",
    "insert into tree values (2, 80)",
  };

  @Embeddable
  static class Measures {
    int height;

    @Column(name = "kind")
    String sort;
  }

  @Embeddable
  static class Spot {
    int x;
    int y;
  }

  @Entity(name = "Plant")
  @Table(name = "plant")
  @Inheritance(strategy = InheritanceType.JOINED)
  @SecondaryTable(name = "plant_note", pkJoinColumns = @PrimaryKeyJoinColumn(name = "plant_id"))
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "plant")
  static class Plant {
    @Id Long id;
    String name;

    @Column(table = "plant_note")
    String note;

    @Embedded Measures measures = new Measures();

    @ElementCollection
    @CollectionTable(name = "plant_tag", joinColumns = @JoinColumn(name = "plant_id"))
    @Column(name = "tag")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "plant.tags")
    Set<String> tags = new HashSet<>();

    /** Not cached. */
    @ElementCollection
    @CollectionTable(name = "plant_spot", joinColumns = @JoinColumn(name = "plant_id"))
    List<Spot> spots = new ArrayList<>();
  }

  @Entity(name = "Tree")
  @Table(name = "tree")
  static class Tree extends Plant {
    int rings;
  }

  static List<Arguments> ways() {
    List<Arguments> ways = new ArrayList<>();
    for (boolean alone : new boolean[] {true, false}) {
      for (boolean transaction : new boolean[] {true, false}) {
        // Outside of a transaction Hibernate 6.6 leaves the last batch unsent.
        for (int batch : transaction ? new int[] {1, 20} : new int[] {1}) {
          ways.add(Arguments.of(alone, transaction, batch));
        }
      }
    }
    return ways;
  }

  @ParameterizedTest(name = "alone {0}, in a transaction {1}, batches of {2}")
  @MethodSource("ways")
  void everyAction(boolean alone, boolean transaction, int batch) throws Exception {
    Library.Setup setup =
        Library.in(Databases.h2(), SCHEMA)
            .entities(Plant.class, Tree.class)
            .hibernate("hibernate.jdbc.batch_size", batch)
            .hibernate(CacheSetting.WRITERS.property(), "this-jvm");
    try (Library library = alone ? setup.alone() : setup.overLarder()) {
      warm(library);
      stateless(library, transaction, session -> session.insert(plant(3, "new")));
      stateless(
          library,
          transaction,
          session -> {
            session.insert(plant(4, "four"));
            session.insert(tree(5, "five"));
          });
      assertThat(seen(library))
          .containsExactly(
              "moss 1 old n1 [a] 1",
              "oak 20 old n2 [a, b] 0",
              "new 3 s n [t3] 1",
              "four 4 s n [t4] 1",
              "five 5 s n [t5] 1");
      warm(library);
      stateless(library, transaction, session -> session.update(tree(2, "changed")));
      assertThat(seen(library).get(1)).isEqualTo("changed 2 s n [t2] 1");
      warm(library);
      stateless(library, transaction, session -> session.upsert(plant(1, "upserted")));
      assertThat(seen(library).get(0)).isEqualTo("upserted 1 s n [t1] 1");
      stateless(library, transaction, session -> session.upsert(plant(6, "six")));
      warm(library);
      stateless(library, transaction, session -> session.delete(plant(6, "six")));
      assertThat(seen(library)).hasSize(5);
    }
  }

  private static void stateless(
      Library library, boolean transaction, Consumer<StatelessSession> work) {
    if (transaction) {
      library.factory.inStatelessTransaction(work);
    } else {
      library.factory.inStatelessSession(work);
    }
  }

  private static Plant plant(long id, String name) {
    return filled(new Plant(), id, name);
  }

  private static Plant tree(long id, String name) {
    Tree tree = new Tree();
    tree.rings = (int) id;
    return filled(tree, id, name);
  }

  private static Plant filled(Plant plant, long id, String name) {
    plant.id = id;
    plant.name = name;
    plant.note = "n";
    plant.measures.height = (int) id;
    plant.measures.sort = "s";
    plant.tags.add("t" + id);
    Spot spot = new Spot();
    spot.x = (int) id;
    plant.spots.add(spot);
    return plant;
  }

  private static void warm(Library library) {
    for (int i = 0; i < 3; i++) {
      seen(library);
    }
  }

  private static List<String> seen(Library library) {
    List<Long> ids =
        library.read(
            session ->
                session
                    .createQuery("select id from Plant order by id", Long.class)
                    .setCacheable(true)
                    .getResultList());
    List<String> all = new ArrayList<>();
    for (Long id : ids) {
      all.add(
          library.read(
              session -> {
                Plant plant = session.find(Plant.class, id);
                Hibernate.initialize(plant.tags);
                return plant.name
                    + " "
                    + plant.measures.height
                    + " "
                    + plant.measures.sort
                    + " "
                    + plant.note
                    + " "
                    + plant.tags.stream().sorted().toList()
                    + " "
                    + plant.spots.size();
              }));
    }
    return all;
  }
}
