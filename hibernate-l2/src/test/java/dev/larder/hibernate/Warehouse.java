package dev.larder.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Fetch;
import org.hibernate.annotations.FetchMode;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.NotFound;
import org.hibernate.annotations.NotFoundAction;
import org.hibernate.annotations.SQLRestriction;
import org.hibernate.annotations.SQLSelect;

/** Entities of which the rows can be told by their key, and such of which they cannot. */
final class Warehouse {

  static final Class<?>[] ENTITIES = {
    Bay.class,
    Crate.class,
    Heavy.class,
    Vehicle.class,
    Truck.class,
    Worker.class,
    Shift.class,
    Depot.class,
    Parcel.class,
    Zone.class,
    Sign.class,
    Pallet.class,
    Offer.class,
    Total.class,
  };

  static final String[] SCHEMA = {
    "create table bay (id bigint primary key, code varchar(20) not null unique)",
    "create table crate (id bigint primary key, name varchar(40), weight int not null,"
        + " bay_id bigint references bay)",
    "create table crate_label (crate_id bigint not null references crate, label varchar(40))",
    "create view heavy as select id, name from crate where weight > 10",
    "create table vehicle (id bigint primary key, name varchar(40), bay_id bigint)",
    "create table truck (id bigint primary key references vehicle, load int not null)",
    "create table worker (id bigint primary key, name varchar(40))",
    "create table badge (worker_id bigint primary key, text varchar(40))",
    "create table shift (worker_id bigint, day int, hours int, primary key (worker_id, day))",
    "create table depot (code varchar(20) primary key, name varchar(40))",
    "create table parcel (id uuid primary key, note varchar(40))",
    "create table zone (id bigint primary key, name varchar(40))",
    "create table bay_zone (bay_id bigint not null, zone_id bigint not null)",
    "create table sign (id bigint primary key, text varchar(40))",
    "create table offer (id bigint primary key, name varchar(40), crate_id bigint)",
    "create table pallet (id bigint primary key, bay_code varchar(20), depot_code varchar(20))",
  };

  static final UUID PARCEL = new UUID(7, 1);
  static final UUID OTHER_PARCEL = new UUID(7, 2);

  static final String[] ROWS = {
    "truncate bay, crate, crate_label, vehicle, truck, worker, badge, shift, depot, parcel, zone,"
        + " bay_zone, sign, pallet, offer",
    "insert into bay values (1, 'north'), (2, 'south')",
    "insert into crate values (1, 'tea', 5, 1), (2, 'rice', 20, 1), (3, 'salt', 30, 2)",
    "insert into crate_label values (1, 'dry'), (2, 'dry'), (2, 'food')",
    "insert into vehicle values (1, 'lorry', 1), (2, 'van', 1), (3, 'bike', 2)",
    "insert into truck values (1, 10), (2, 20)",
    "insert into worker values (1, 'Ann'), (2, 'Bo')",
    "insert into badge values (1, 'A'), (2, 'B')",
    "insert into shift values (1, 1, 8), (1, 2, 7)",
    "insert into depot values ('n', 'North'), ('s', 'South')",
    "insert into parcel values ('" + PARCEL + "', 'one'), ('" + OTHER_PARCEL + "', 'two')",
    "insert into zone values (1, 'b'), (2, 'c')",
    "insert into bay_zone values (1, 1), (1, 2), (2, 1)",
    "insert into sign values (1, 'HALT'), (2, 'GO')",
    "insert into offer values (1, 'tea, cheap', 1), (2, 'rice, cheap', 2)",
    "insert into pallet values (1, 'north', 'none'), (2, 'south', 's')",
  };

  private Warehouse() {}

  @Entity(name = "Bay")
  @Table(name = "bay")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "bay")
  static class Bay {
    @Id Long id;
    String code;

    @OneToMany(mappedBy = "bay")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "bay.crates")
    Set<Crate> crates = new HashSet<>();

    /** The column by which they belong here is in a table above theirs. */
    @OneToMany(mappedBy = "bay")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "bay.trucks")
    Set<Truck> trucks = new HashSet<>();

    @ManyToMany
    @jakarta.persistence.JoinTable(
        name = "bay_zone",
        joinColumns = @JoinColumn(name = "bay_id"),
        inverseJoinColumns = @JoinColumn(name = "zone_id"))
    @OrderBy("name")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "bay.zones")
    List<Zone> zones = new ArrayList<>();
  }

  @Entity(name = "Crate")
  @Table(name = "crate")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "crate")
  static class Crate {
    @Id Long id;
    String name;
    int weight;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "bay_id")
    Bay bay;

    @ElementCollection
    @jakarta.persistence.CollectionTable(
        name = "crate_label",
        joinColumns = @JoinColumn(name = "crate_id"))
    @Column(name = "label")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "crate.labels")
    Set<String> labels = new HashSet<>();
  }

  /** Mapped on a view. */
  @Entity(name = "Heavy")
  @Table(name = "heavy")
  @Immutable
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_ONLY, region = "heavy")
  static class Heavy {
    @Id Long id;
    String name;
  }

  @Entity(name = "Vehicle")
  @Table(name = "vehicle")
  @Inheritance(strategy = InheritanceType.JOINED)
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "vehicle")
  static class Vehicle {
    @Id Long id;
    String name;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "bay_id")
    Bay bay;
  }

  @Entity(name = "Truck")
  @Table(name = "truck")
  static class Truck extends Vehicle {
    int load;
  }

  @Entity(name = "Worker")
  @Table(name = "worker")
  @SecondaryTable(
      name = "badge",
      pkJoinColumns = @jakarta.persistence.PrimaryKeyJoinColumn(name = "worker_id"))
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "worker")
  static class Worker {
    @Id Long id;
    String name;

    @Column(table = "badge", name = "text")
    String badge;
  }

  @Embeddable
  record Day(@Column(name = "worker_id") long worker, @Column(name = "day") int day)
      implements java.io.Serializable {}

  @Entity(name = "Shift")
  @Table(name = "shift")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "shift")
  static class Shift {
    @EmbeddedId Day day;
    int hours;
  }

  @Entity(name = "Depot")
  @Table(name = "depot")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "depot")
  static class Depot {
    @Id String code;
    String name;
  }

  @Entity(name = "Parcel")
  @Table(name = "parcel")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "parcel")
  static class Parcel {
    @Id UUID id;
    String note;
  }

  @Entity(name = "Zone")
  @Table(name = "zone")
  static class Zone {
    @Id Long id;
    String name;
  }

  /** What is written is not what is read. */
  @Entity(name = "Sign")
  @Table(name = "sign")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "sign")
  static class Sign {
    @Id Long id;

    @ColumnTransformer(write = "upper(?)")
    String text;
  }

  /** Which entities it names is not in its own row alone. */
  @Entity(name = "Pallet")
  @Table(name = "pallet")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "pallet")
  static class Pallet {
    @Id Long id;

    @ManyToOne
    @Fetch(FetchMode.SELECT)
    @JoinColumn(name = "bay_code", referencedColumnName = "code")
    Bay bay;

    @ManyToOne
    @NotFound(action = NotFoundAction.IGNORE)
    @JoinColumn(name = "depot_code")
    Depot depot;
  }

  /** Which rows count is told by another table. */
  @Entity(name = "Offer")
  @Table(name = "offer")
  @SQLRestriction("crate_id in (select c.id from crate c where c.weight < 10)")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "offer")
  static class Offer {
    @Id Long id;
    String name;
  }

  /** What it is read by reads more than its table. */
  @Entity(name = "Total")
  @Table(name = "bay")
  @SQLSelect(
      sql =
          "select id, (select count(*) from crate c where c.bay_id = b.id) as crates from bay b"
              + " where id = ?")
  @Immutable
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_ONLY, region = "total")
  static class Total {
    @Id Long id;

    @Column(name = "crates")
    long crates;
  }
}
