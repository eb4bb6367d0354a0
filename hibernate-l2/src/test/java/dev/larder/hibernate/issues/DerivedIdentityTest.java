package dev.larder.hibernate.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.CacheSetting;
import dev.larder.hibernate.Library;
import dev.larder.testkit.Databases;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Symptom: a parent's cached collection did not follow its children where a child's own id, or a
 * column beside the association, says whose child it is: a new one was missing for ever, a removed
 * one was not found.
 */
class DerivedIdentityTest {

  private static final String[] SCHEMA = {
    "create table parent (id bigint primary key, name varchar(20))",
    "create table by_class (parent_id bigint, number int, name varchar(20),"
        + " primary key (parent_id, number))",
    "create table by_embedded (parent_id bigint, number int, name varchar(20),"
        + " primary key (parent_id, number))",
    "create table by_mapped (parent_id bigint, number int, name varchar(20),"
        + " primary key (parent_id, number))",
    "create table by_column (id bigint primary key, parent_id bigint, name varchar(20))",
    "create table by_component (id bigint primary key, parent_id bigint, name varchar(20))",
    "create table detail (parent_id bigint primary key, name varchar(20))",
    "insert into parent values (1, 'one'), (2, 'two')",
  };

  private static final Class<?>[] ENTITIES = {
    Parent.class,
    ByClass.class,
    ByEmbedded.class,
    ByMapped.class,
    ByColumn.class,
    ByComponent.class,
    Detail.class
  };

  @Entity(name = "Parent")
  @Table(name = "parent")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "parent")
  static class Parent {
    @Id Long id;
    String name;

    @OneToMany(mappedBy = "parent")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "by.class")
    Set<ByClass> byClass = new HashSet<>();

    @OneToMany(mappedBy = "id.parent")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "by.embedded")
    Set<ByEmbedded> byEmbedded = new HashSet<>();

    @OneToMany(mappedBy = "parent")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "by.mapped")
    List<ByMapped> byMapped = new ArrayList<>();

    @OneToMany(mappedBy = "parent")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "by.column")
    Set<ByColumn> byColumn = new HashSet<>();

    @OneToMany(mappedBy = "link.parent")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "by.component")
    Set<ByComponent> byComponent = new HashSet<>();

    @OneToOne(mappedBy = "parent", fetch = FetchType.LAZY)
    Detail detail;
  }

  /** The id of a child, with the parent's. */
  static class Numbered implements Serializable {
    private static final long serialVersionUID = 1L;
    Long parent;
    int number;

    Numbered() {}

    Numbered(Long parent, int number) {
      this.parent = parent;
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Numbered that
          && Objects.equals(parent, that.parent)
          && number == that.number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(parent, number);
    }
  }

  @Entity(name = "ByClass")
  @Table(name = "by_class")
  @IdClass(Numbered.class)
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "child.class")
  static class ByClass {
    @Id
    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "parent_id")
    Parent parent;

    @Id int number;
    String name = "x";
  }

  @Embeddable
  static class WithParent implements Serializable {
    private static final long serialVersionUID = 1L;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "parent_id")
    Parent parent;

    int number;

    @Override
    public boolean equals(Object other) {
      return other instanceof WithParent that
          && Objects.equals(parent.id, that.parent.id)
          && number == that.number;
    }

    @Override
    public int hashCode() {
      return number;
    }
  }

  @Entity(name = "ByEmbedded")
  @Table(name = "by_embedded")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "child.embedded")
  static class ByEmbedded {
    @EmbeddedId WithParent id = new WithParent();
    String name = "x";
  }

  @Embeddable
  static class WithNumber implements Serializable {
    private static final long serialVersionUID = 1L;

    @Column(name = "parent_id")
    Long parentId;

    int number;

    @Override
    public boolean equals(Object other) {
      return other instanceof WithNumber that
          && Objects.equals(parentId, that.parentId)
          && number == that.number;
    }

    @Override
    public int hashCode() {
      return number;
    }
  }

  @Entity(name = "ByMapped")
  @Table(name = "by_mapped")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "child.mapped")
  static class ByMapped {
    @EmbeddedId WithNumber id = new WithNumber();

    @MapsId("parentId")
    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "parent_id")
    Parent parent;

    String name = "x";
  }

  /** The column is written by itself; the association only reads it. */
  @Entity(name = "ByColumn")
  @Table(name = "by_column")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "child.column")
  static class ByColumn {
    @Id Long id;

    @Column(name = "parent_id")
    Long parentId;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "parent_id", insertable = false, updatable = false)
    Parent parent;

    String name = "x";
  }

  @Embeddable
  static class Link {
    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "parent_id")
    Parent parent;
  }

  @Entity(name = "ByComponent")
  @Table(name = "by_component")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "child.component")
  static class ByComponent {
    @Id Long id;
    Link link = new Link();
    String name = "x";
  }

  @Entity(name = "Detail")
  @Table(name = "detail")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "detail")
  static class Detail {
    @Id Long id;

    @MapsId
    @OneToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "parent_id")
    Parent parent;

    String name = "x";
  }

  /** How a child of a parent is made, and which collection it belongs to. */
  private record Kind(
      String name,
      BiFunction<Parent, Integer, Object> make,
      Function<Parent, java.util.Collection<?>> in) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind("an id class", DerivedIdentityTest::byClass, p -> p.byClass),
          new Kind("an embedded id", DerivedIdentityTest::byEmbedded, p -> p.byEmbedded),
          new Kind("a mapped id", DerivedIdentityTest::byMapped, p -> p.byMapped),
          new Kind("a column beside", DerivedIdentityTest::byColumn, p -> p.byColumn),
          new Kind("an embeddable", DerivedIdentityTest::byComponent, p -> p.byComponent));

  static List<Arguments> ways() {
    List<Arguments> ways = new ArrayList<>();
    for (Kind kind : KINDS) {
      ways.add(Arguments.of(kind, true));
      ways.add(Arguments.of(kind, false));
    }
    return ways;
  }

  @ParameterizedTest(name = "{0}, alone {1}")
  @MethodSource("ways")
  void theCollectionFollowsItsChildren(Kind kind, boolean alone) throws Exception {
    Library.Setup setup =
        Library.in(Databases.h2(), SCHEMA)
            .entities(ENTITIES)
            .hibernate(CacheSetting.WRITERS.property(), "this-jvm");
    try (Library library = alone ? setup.alone() : setup.overLarder()) {
      for (int number = 1; number <= 3; number++) {
        int next = number;
        library.write(s -> s.persist(kind.make().apply(s.find(Parent.class, 1L), next)));
        assertThat(children(library, kind, 1)).isEqualTo(number);
        children(library, kind, 1);
      }
      library.write(s -> s.remove(kind.in().apply(s.find(Parent.class, 1L)).iterator().next()));
      assertThat(children(library, kind, 1)).isEqualTo(2);
      children(library, kind, 1);
      children(library, kind, 2);
      if (kind.name().equals("a column beside")) {
        library.write(s -> first(s, kind, ByColumn.class).parentId = 2L);
        assertThat(children(library, kind, 1)).isEqualTo(1);
        assertThat(children(library, kind, 2)).isEqualTo(1);
      }
      if (kind.name().equals("an embeddable")) {
        library.write(
            s -> {
              Link other = new Link();
              other.parent = s.getReference(Parent.class, 2L);
              first(s, kind, ByComponent.class).link = other;
            });
        assertThat(children(library, kind, 1)).isEqualTo(1);
        assertThat(children(library, kind, 2)).isEqualTo(1);
      }
    }
  }

  private static <T> T first(Session session, Kind kind, Class<T> type) {
    return type.cast(kind.in().apply(session.find(Parent.class, 1L)).iterator().next());
  }

  /** Through the parent's collection, if the first read of it: each child is looked at. */
  private static int children(Library library, Kind kind, long parent) {
    return library.read(
        s -> {
          int count = 0;
          for (Object child : kind.in().apply(s.find(Parent.class, parent))) {
            assertThat(child.toString()).isNotNull();
            org.hibernate.Hibernate.initialize(child);
            count++;
          }
          return count;
        });
  }

  private static Object byClass(Parent parent, int number) {
    ByClass child = new ByClass();
    child.parent = parent;
    child.number = number;
    return child;
  }

  private static Object byEmbedded(Parent parent, int number) {
    ByEmbedded child = new ByEmbedded();
    child.id.parent = parent;
    child.id.number = number;
    return child;
  }

  private static Object byMapped(Parent parent, int number) {
    ByMapped child = new ByMapped();
    child.parent = parent;
    child.id.number = number;
    return child;
  }

  private static Object byColumn(Parent parent, int number) {
    ByColumn child = new ByColumn();
    child.id = (long) number;
    child.parentId = parent.id;
    return child;
  }

  private static Object byComponent(Parent parent, int number) {
    ByComponent child = new ByComponent();
    child.id = (long) number;
    child.link.parent = parent;
    return child;
  }
}
