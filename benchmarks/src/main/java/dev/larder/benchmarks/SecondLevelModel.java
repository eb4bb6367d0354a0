package dev.larder.benchmarks;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.jspecify.annotations.Nullable;

/** Entities that both second-level caches keep. */
final class SecondLevelModel {

  static final int SHELVES = 10;
  static final int JARS = 100;

  static final List<Class<?>> ENTITIES = List.of(Shelf.class, Jar.class, Label.class, Count.class);

  private SecondLevelModel() {}

  /** Creates the tables anew, with the same rows. */
  static void create(Target target) throws SQLException {
    try (Connection connection = target.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists l2_shelf, l2_jar, l2_label cascade");
      statement.execute("create table l2_shelf (id bigint primary key, name varchar(60))");
      statement.execute(
          "create table l2_jar (id bigint primary key, code varchar(20) unique, name varchar(60),"
              + " amount int not null, version int not null,"
              + " shelf_id bigint references l2_shelf on delete cascade)");
      statement.execute("create table l2_label (id bigint primary key, text varchar(60))");
      statement.execute(
          "create view l2_count as select shelf_id as id, count(*) as jars from l2_jar"
              + " group by shelf_id");
      statement.execute(
          "insert into l2_shelf select n, 'shelf ' || n from generate_series(1, "
              + SHELVES
              + ") n");
      statement.execute(
          "insert into l2_jar select n, 'c' || n, 'jar ' || n, n, 0, 1 + n % "
              + SHELVES
              + " from generate_series(1, "
              + JARS
              + ") n");
      statement.execute("insert into l2_label values (1, 'rye')");
    }
  }

  @Entity(name = "Shelf")
  @Table(name = "l2_shelf")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "shelf")
  static class Shelf {
    @Id long id;
    @Nullable String name;

    @OneToMany(mappedBy = "shelf")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "shelf.jars")
    Set<Jar> jars = new LinkedHashSet<>();
  }

  @Entity(name = "Jar")
  @Table(name = "l2_jar")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "jar")
  @NaturalIdCache(region = "jar.code")
  static class Jar {
    @Id long id;

    @NaturalId(mutable = true)
    @Nullable String code;

    @Nullable String name;
    int amount;
    @Version int version;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "shelf_id")
    @Nullable Shelf shelf;
  }

  @Entity(name = "Label")
  @Table(name = "l2_label")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "label")
  static class Label {
    @Id long id;
    @Nullable String text;
  }

  /** Mapped on a view. */
  @Entity(name = "Count")
  @Table(name = "l2_count")
  @Immutable
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_ONLY, region = "count")
  static class Count {
    @Id long id;
    long jars;
  }
}
