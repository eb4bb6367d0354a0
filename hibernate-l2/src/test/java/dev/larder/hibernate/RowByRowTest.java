package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.Warehouse.Bay;
import dev.larder.hibernate.Warehouse.Crate;
import dev.larder.hibernate.Warehouse.Day;
import dev.larder.hibernate.Warehouse.Depot;
import dev.larder.hibernate.Warehouse.Heavy;
import dev.larder.hibernate.Warehouse.Offer;
import dev.larder.hibernate.Warehouse.Pallet;
import dev.larder.hibernate.Warehouse.Parcel;
import dev.larder.hibernate.Warehouse.Shift;
import dev.larder.hibernate.Warehouse.Sign;
import dev.larder.hibernate.Warehouse.Total;
import dev.larder.hibernate.Warehouse.Vehicle;
import dev.larder.hibernate.Warehouse.Worker;
import dev.larder.hibernate.Warehouse.Zone;
import dev.larder.testkit.Databases;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A write that names its rows leaves the entities and collections of other rows in memory, and one
 * of which it cannot be told which rows it reaches leaves none. Over a Larder DataSource on
 * PostgreSQL.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowByRowTest {

  private Library library;

  @BeforeAll
  void open() {
    library =
        Library.in(Databases.postgres(), Warehouse.SCHEMA)
            .entities(Warehouse.ENTITIES)
            .overLarder();
  }

  @AfterAll
  void close() throws Exception {
    library.close();
  }

  @BeforeEach
  void fill() {
    library.run(Warehouse.ROWS);
  }

  private <T> T find(Class<T> type, Object id) {
    return library.read(session -> session.find(type, id));
  }

  private int weight(long id) {
    return find(Crate.class, id).weight;
  }

  private void keepCrates() {
    for (long id = 1; id <= 3; id++) {
      long crate = id;
      library.keep("crate", () -> weight(crate));
    }
  }

  private boolean isHit(String region, Class<?> type, Object id) {
    return library.isHit(region, () -> find(type, id));
  }

  private boolean crateIsHit(long id) {
    return isHit("crate", Crate.class, id);
  }

  private void keep(String region, Class<?> type, Object... ids) {
    for (Object id : ids) {
      library.keep(region, () -> find(type, id));
    }
  }

  private int cratesOf(long bay) {
    return library.read(session -> session.find(Bay.class, bay).crates.size());
  }

  private void keepCratesOfBays() {
    library.keep("bay.crates", () -> cratesOf(1));
    library.keep("bay.crates", () -> cratesOf(2));
  }

  @Test
  void jdbcByKey() {
    keepCrates();
    library.run("update crate set weight = 6 where id = 1");
    assertThat(crateIsHit(2)).isTrue();
    assertThat(crateIsHit(3)).isTrue();
    assertThat(weight(1)).isEqualTo(6);
    library.run("delete from crate_label", "delete from crate where id in (1, 3)");
    assertThat(find(Crate.class, 1L)).isNull();
    assertThat(find(Crate.class, 3L)).isNull();
    assertThat(crateIsHit(2)).isTrue();
    library.run("insert into crate (id, name, weight) values (1, 'new', 9)");
    assertThat(weight(1)).isEqualTo(9);
    assertThat(crateIsHit(2)).isTrue();
  }

  @Test
  void jdbcInATransactionWithAnEntityAction() {
    keepCrates();
    library.write(
        session -> {
          session.find(Crate.class, 1L).weight = 8;
          session.flush();
          session
              .createNativeMutationQuery("update crate set weight = 9 where id = 2")
              .executeUpdate();
        });
    assertThat(crateIsHit(3)).isTrue();
    assertThat(weight(1)).isEqualTo(8);
    assertThat(weight(2)).isEqualTo(9);
  }

  @Test
  void jpqlByKeyAndAStatelessSession() {
    keepCrates();
    library.write(
        session ->
            session
                .createMutationQuery("update Crate set weight = :weight where id = :id")
                .setParameter("weight", 7)
                .setParameter("id", 1L)
                .executeUpdate());
    assertThat(crateIsHit(2)).isTrue();
    assertThat(weight(1)).isEqualTo(7);
    library.factory.inStatelessTransaction(
        session -> {
          Crate crate = session.get(Crate.class, 2L);
          crate.weight = 77;
          session.update(crate);
        });
    assertThat(crateIsHit(3)).isTrue();
    assertThat(weight(2)).isEqualTo(77);
  }

  @Test
  void byAnotherColumn() {
    keepCrates();
    library.run("update crate set weight = weight + 1 where name = 'tea'");
    assertThat(weight(1)).isEqualTo(6);
    keepCrates();
    library.run("update crate set weight = 50 where weight > 10");
    assertThat(weight(1)).isEqualTo(6);
    assertThat(weight(2)).isEqualTo(50);
    assertThat(weight(3)).isEqualTo(50);
    keepCrates();
    library.run("update crate set id = 4 where id = 3");
    assertThat(find(Crate.class, 3L)).isNull();
    assertThat(weight(4)).isEqualTo(50);
  }

  @Test
  void theHookByKey() {
    keepCrates();
    library.database.execute("update crate set weight = 9 where id = 1");
    SecondLevelCache.of(library.factory).invalidation().rows("public.crate", "id", 1);
    assertThat(crateIsHit(2)).isTrue();
    assertThat(weight(1)).isEqualTo(9);
    library.database.execute("update crate set weight = 10 where name = 'rice'");
    SecondLevelCache.of(library.factory).invalidation().rows("public.crate", "name", "rice");
    assertThat(weight(2)).isEqualTo(10);
  }

  @Test
  void anotherSessionFactory() throws Exception {
    keepCrates();
    try (Library other = library.another().entities(Warehouse.ENTITIES).overLarder()) {
      other.write(session -> session.find(Crate.class, 1L).weight = 11);
      assertThat(crateIsHit(2)).isTrue();
      assertThat(weight(1)).isEqualTo(11);
    }
  }

  @Test
  void aTriggerMayReachAnyRow() {
    library.run(
        "create function spill() returns trigger language plpgsql as"
            + " 'begin update crate set weight = 0 where id = 2; return new; end'",
        "create trigger spill after update on crate for each row when (pg_trigger_depth() < 1)"
            + " execute function spill()");
    try {
      keepCrates();
      library.run("update crate set weight = 6 where id = 1");
      assertThat(weight(2)).isZero();
    } finally {
      library.run("drop trigger spill on crate", "drop function spill()");
    }
  }

  @Test
  void collectionsByTheirOwner() {
    keepCratesOfBays();
    library.run("update crate set weight = 6 where id = 1");
    assertThat(library.isHit("bay.crates", () -> cratesOf(1)))
        .as("no column that tells which crates there are was assigned")
        .isTrue();
    library.run("insert into crate (id, name, weight, bay_id) values (4, 'oil', 1, 1)");
    assertThat(library.isHit("bay.crates", () -> cratesOf(2))).isTrue();
    assertThat(cratesOf(1)).isEqualTo(3);
    keepCratesOfBays();
    library.run("update crate set bay_id = 2 where id = 1");
    assertThat(cratesOf(1)).isEqualTo(2);
    assertThat(cratesOf(2)).isEqualTo(2);
    keepCratesOfBays();
    library.run("delete from crate where id = 4");
    assertThat(cratesOf(1)).isEqualTo(1);
  }

  private int labelsOf(long crate) {
    return library.read(session -> session.find(Crate.class, crate).labels.size());
  }

  @Test
  void elementCollectionsByTheirOwner() {
    library.keep("crate.labels", () -> labelsOf(1));
    library.keep("crate.labels", () -> labelsOf(2));
    library.run("insert into crate_label (crate_id, label) values (1, 'fragile')");
    assertThat(library.isHit("crate.labels", () -> labelsOf(2))).isTrue();
    assertThat(labelsOf(1)).isEqualTo(2);
    library.run("delete from crate_label where crate_id = 2");
    assertThat(library.isHit("crate.labels", () -> labelsOf(1))).isTrue();
    assertThat(labelsOf(2)).isZero();
    library.run("update crate_label set crate_id = 2 where label = 'fragile'");
    assertThat(labelsOf(1)).isEqualTo(1);
    assertThat(labelsOf(2)).isEqualTo(1);
  }

  private int trucksOf(long bay) {
    return library.read(session -> session.find(Bay.class, bay).trucks.size());
  }

  @Test
  void aCollectionWhoseKeyIsInATableAbove() {
    library.keep("bay.trucks", () -> trucksOf(1));
    library.run("update vehicle set bay_id = 2 where id = 1");
    assertThat(trucksOf(1)).isEqualTo(1);
    library.keep("bay.trucks", () -> trucksOf(1));
    library.run("delete from truck where id = 2");
    assertThat(trucksOf(1)).isZero();
  }

  private List<String> zonesOf(long bay) {
    return library.read(
        session ->
            session.find(Bay.class, bay).zones.stream().map((Zone zone) -> zone.name).toList());
  }

  @Test
  void aCollectionInTheOrderOfItsElements() {
    library.keep("bay.zones", () -> zonesOf(1));
    library.run("update zone set name = 'a' where id = 2");
    assertThat(zonesOf(1)).containsExactly("a", "b");
  }

  @Test
  void joinedSubclasses() {
    keep("vehicle", Vehicle.class, 1L, 2L, 3L);
    library.run("update truck set load = 11 where id = 1");
    assertThat(isHit("vehicle", Vehicle.class, 2L)).isTrue();
    assertThat(((Warehouse.Truck) find(Vehicle.class, 1L)).load).isEqualTo(11);
    keep("vehicle", Vehicle.class, 1L);
    library.run("update vehicle set name = 'cart' where id = 3");
    assertThat(isHit("vehicle", Vehicle.class, 1L)).isTrue();
    assertThat(find(Vehicle.class, 3L).name).isEqualTo("cart");
    keep("vehicle", Vehicle.class, 3L);
    library.run("insert into truck (id, load) values (3, 1)");
    assertThat(find(Vehicle.class, 3L)).isInstanceOf(Warehouse.Truck.class);
  }

  @Test
  void secondaryTables() {
    keep("worker", Worker.class, 1L, 2L);
    library.run("update badge set text = 'C' where worker_id = 1");
    assertThat(isHit("worker", Worker.class, 2L)).isTrue();
    assertThat(find(Worker.class, 1L).badge).isEqualTo("C");
    keep("worker", Worker.class, 1L);
    library.run("delete from badge where worker_id = 1");
    assertThat(find(Worker.class, 1L).badge).isNull();
  }

  @Test
  void compositeIds() {
    Day first = new Day(1, 1);
    keep("shift", Shift.class, first, new Day(1, 2));
    library.run("update shift set hours = 6 where worker_id = 1 and day = 1");
    assertThat(find(Shift.class, first).hours).isEqualTo(6);
    keep("shift", Shift.class, first);
    library.run("update shift set hours = 5 where day = 1");
    assertThat(find(Shift.class, first).hours).isEqualTo(5);
  }

  @Test
  void textsAndUuidsAsIds() {
    keep("depot", Depot.class, "n", "s");
    library.run("update depot set name = 'Far North' where code = 'n'");
    assertThat(isHit("depot", Depot.class, "s")).isTrue();
    assertThat(find(Depot.class, "n").name).isEqualTo("Far North");
    keep("parcel", Parcel.class, Warehouse.PARCEL, Warehouse.OTHER_PARCEL);
    library.run("update parcel set note = 'three' where id = '" + Warehouse.PARCEL + "'");
    assertThat(isHit("parcel", Parcel.class, Warehouse.OTHER_PARCEL)).isTrue();
    assertThat(find(Parcel.class, Warehouse.PARCEL).note).isEqualTo("three");
  }

  @Test
  void anEntityOnAView() {
    keep("heavy", Heavy.class, 2L, 3L);
    library.run("update crate set name = 'flour' where id = 2");
    assertThat(find(Heavy.class, 2L).name).isEqualTo("flour");
    keep("heavy", Heavy.class, 2L, 3L);
    library.run("update crate set weight = 1 where id = 2");
    assertThat(find(Heavy.class, 2L)).isNull();
  }

  @Test
  void anEntityThatIsNamedByAnotherThanItsKey() {
    keep("pallet", Pallet.class, 1L, 2L);
    library.run(
        "update bay set code = 'east' where id = 1", "update bay set code = 'north' where id = 2");
    assertThat(find(Pallet.class, 1L).bay.id).isEqualTo(2);
  }

  @Test
  void anEntityThatMayBeMissing() {
    keep("pallet", Pallet.class, 1L);
    assertThat(find(Pallet.class, 1L).depot).isNull();
    library.run("insert into depot values ('none', 'Nowhere')");
    assertThat(find(Pallet.class, 1L).depot.name).isEqualTo("Nowhere");
    keep("pallet", Pallet.class, 1L);
    library.run("delete from depot where code = 'none'");
    assertThat(find(Pallet.class, 1L).depot).isNull();
  }

  @Test
  void aConditionThatReadsAnotherTable() {
    keep("offer", Offer.class, 1L);
    library.run("update crate set weight = 10 where id = 1");
    assertThat(find(Offer.class, 1L)).isNull();
  }

  @Test
  void aLoaderThatReadsAnotherTable() {
    keep("total", Total.class, 1L);
    library.run("update crate set bay_id = 2 where id = 1");
    assertThat(find(Total.class, 1L).crates).isEqualTo(1);
  }

  @Test
  void whatAnExpressionWritesIsReadAnew() {
    keep("sign", Sign.class, 1L);
    library.write(session -> session.find(Sign.class, 1L).text = "slow");
    assertThat(find(Sign.class, 1L).text).isEqualTo("SLOW");
  }

  /** What it finds under its own search path is of other tables. */
  @Test
  void aSessionWithSettingsOfItsOwnFindsNothingForOthers() {
    library.run("create schema if not exists other", "create table other.crate (like crate)");
    try {
      library.write(
          session -> {
            session.createNativeMutationQuery("set search_path to other").executeUpdate();
            session
                .createNativeMutationQuery("insert into crate (id, weight) values (1, 100)")
                .executeUpdate();
            assertThat(session.find(Crate.class, 1L).weight).isEqualTo(100);
          });
      keepCrates();
      library.run("update crate set weight = 6 where id = 1");
      assertThat(weight(1)).isEqualTo(6);
    } finally {
      library.run("drop schema other cascade");
    }
  }
}
