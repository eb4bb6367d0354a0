package dev.larder.hibernate.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.Library;
import dev.larder.testkit.Databases;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.List;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Symptom: what was right was not kept: what the first insert into a table wrote, natural ids after
 * an insert, and entities with a property that is never updated.
 */
class KeptAfterWritesTest {

  @Entity(name = "seat")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "seat")
  @NaturalIdCache(region = "seats")
  static class Seat {
    @Id Long id;
    @NaturalId String code;
    Integer price;

    @Column(name = "line", updatable = false)
    Integer row;
  }

  private static Library library(boolean below) {
    Library.Setup setup =
        Library.in(
                Databases.h2(),
                new String[] {
                  "create table seat (id bigint primary key, code varchar(20) unique, price int,"
                      + " line int)"
                })
            .entities(Seat.class);
    return below ? setup.overLarder() : setup.alone();
  }

  private static void insert(Library library, long id) {
    library.write(
        session -> {
          Seat seat = new Seat();
          seat.id = id;
          seat.code = "s" + id;
          seat.price = 10;
          seat.row = 1;
          session.persist(seat);
        });
  }

  private static void read(Library library, long id) {
    assertThat(library.<Integer>read(session -> session.find(Seat.class, id).price)).isEqualTo(10);
  }

  private static void readByCode(Library library, long id) {
    assertThat(
            library.<Long>read(session -> session.bySimpleNaturalId(Seat.class).load("s" + id).id))
        .isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theFirstInsert(boolean below) throws Exception {
    try (Library library = library(below)) {
      insert(library, 1);
      assertThat(library.isHit("seat", () -> read(library, 1))).isTrue();
      insert(library, 2);
      assertThat(library.isHit("seat", () -> read(library, 2))).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theNaturalIdOfAnInsert(boolean below) throws Exception {
    try (Library library = library(below)) {
      for (long id : List.of(1L, 2L)) {
        insert(library, id);
        assertThat(library.isHit("seats", () -> readByCode(library, id)))
            .as("seat %s", id)
            .isTrue();
      }
    }
  }

  /** A property that is never updated may have been changed in memory alone. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatAnUpdateLeavesOut(boolean below) throws Exception {
    try (Library library = library(below)) {
      insert(library, 1);
      library.write(
          session -> {
            Seat seat = session.find(Seat.class, 1L);
            seat.price = 20;
            seat.row = 2;
          });
      assertThat(library.<Integer>read(session -> session.find(Seat.class, 1L).price))
          .isEqualTo(20);
      assertThat(library.<Integer>read(session -> session.find(Seat.class, 1L).row)).isEqualTo(1);
    }
  }
}
