package dev.larder.hibernate.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.CacheSetting;
import dev.larder.hibernate.Library;
import dev.larder.testkit.Databases;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.hibernate.StatelessSession;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.annotations.SQLDelete;
import org.hibernate.annotations.SQLInsert;
import org.hibernate.annotations.SQLUpdate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Symptom: over a DataSource that is not Larder's, answers stayed old after a stateless session's
 * upsert or bulk statement, after SQL that the mapping gives for an action, and on the inverse side
 * of a many-to-many.
 */
class PlainDataSourceWritesTest {

  private static final String QUERIES = "default-query-results-region";

  private static final String[] SCHEMA = {
    "create table person (id bigint primary key, code varchar(20), name varchar(20))",
    "create table club (id bigint primary key, name varchar(20))",
    "create table member (club_id bigint, person_id bigint)",
    "create table account (id bigint primary key, name varchar(20))",
    "create table entry (id bigint primary key, name varchar(20))",
    "insert into person values (1, 'p1', 'Ann'), (2, 'p2', 'Bo')",
    "insert into club values (1, 'chess'), (2, 'golf')",
    "insert into member values (1, 1)",
    "insert into account values (1, 'one'), (2, 'two')",
    "insert into entry values (1, 'one')",
  };

  @Entity(name = "Person")
  @Table(name = "person")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "person")
  @NaturalIdCache(region = "person.code")
  static class Person {
    @Id Long id;

    @NaturalId(mutable = true)
    String code;

    String name;

    @ManyToMany(mappedBy = "members")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "person.clubs")
    Set<Club> clubs = new HashSet<>();
  }

  @Entity(name = "Club")
  @Table(name = "club")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "club")
  static class Club {
    @Id Long id;
    String name;

    @ManyToMany
    @JoinTable(
        name = "member",
        joinColumns = @JoinColumn(name = "club_id"),
        inverseJoinColumns = @JoinColumn(name = "person_id"))
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "club.members")
    Set<Person> members = new HashSet<>();
  }

  /** What is written is not the row alone, nor as it was given. */
  @Entity(name = "Account")
  @Table(name = "account")
  @SQLInsert(sql = "insert into account (name, id) values (upper(?), ?)")
  @SQLUpdate(sql = "update account set name = upper(?) where id in (?, 2)")
  @SQLDelete(sql = "update account set name = 'gone' where id in (?, 2)")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "account")
  static class Account {
    @Id Long id;
    String name;
  }

  /** Not cached itself; its queries are. */
  @Entity(name = "Entry")
  @Table(name = "entry")
  static class Entry {
    @Id Long id;
    String name;
  }

  /** The same table by its whole name, which Hibernate takes for another. */
  @Entity(name = "WholeEntry")
  @Table(name = "entry", schema = "public")
  static class WholeEntry {
    @Id Long id;
    String name;
  }

  private Library library;

  @BeforeEach
  void open() {
    library =
        Library.in(Databases.h2(), SCHEMA)
            .entities(Person.class, Club.class, Account.class, Entry.class, WholeEntry.class)
            .hibernate(CacheSetting.WRITERS.property(), "this-jvm")
            .alone();
  }

  @AfterEach
  void close() throws Exception {
    library.close();
  }

  private List<String> names(String hql) {
    return library.titles(hql);
  }

  private String person(long id) {
    return library.read(s -> s.find(Person.class, id).name);
  }

  private String account(long id) {
    return library.read(
        s -> {
          Account found = s.find(Account.class, id);
          return found == null ? "none" : found.name;
        });
  }

  private void stateless(Consumer<StatelessSession> work) {
    library.factory.inStatelessTransaction(work);
  }

  private static Person renamed(long id, String code, String name) {
    Person person = new Person();
    person.id = id;
    person.code = code;
    person.name = name;
    return person;
  }

  private static final String PEOPLE = "select name from Person order by id";
  private static final String ENTRIES = "select name from Entry order by id";
  private static final String WHOLE_ENTRIES = "select name from WholeEntry order by id";

  @Test
  void aStatelessUpsert() {
    library.keep("person", () -> person(1));
    library.keep(QUERIES, () -> names(PEOPLE));
    library.keep("person.code", () -> byCode("p1"));
    stateless(s -> s.upsert(renamed(1, "new", "Ada")));
    assertThat(person(1)).isEqualTo("Ada");
    assertThat(names(PEOPLE)).containsExactly("Ada", "Bo");
    assertThat(byCode("new")).isEqualTo("Ada");
    assertThat(byCode("p1")).isEqualTo("none");
  }

  private String byCode(String code) {
    return library.read(
        s -> {
          Person found = s.bySimpleNaturalId(Person.class).load(code);
          return found == null ? "none" : found.name;
        });
  }

  @Test
  void statelessBulkStatements() {
    library.keep("person", () -> person(1));
    library.keep(QUERIES, () -> names(PEOPLE));
    library.keep(QUERIES, () -> names(ENTRIES));
    stateless(
        s -> {
          s.createMutationQuery("update Person set name = 'hql' where id = 1").executeUpdate();
          s.createNativeMutationQuery("update entry set name = 'sql'").executeUpdate();
          // Another session reads while this one has not committed.
          assertThat(person(1)).isEqualTo("Ann");
          assertThat(names(PEOPLE)).containsExactly("Ann", "Bo");
          assertThat(names(ENTRIES)).containsExactly("one");
        });
    assertThat(person(1)).isEqualTo("hql");
    assertThat(names(PEOPLE)).containsExactly("hql", "Bo");
    assertThat(names(ENTRIES)).containsExactly("sql");
  }

  @Test
  void anInsertInHql() {
    library.keep(QUERIES, () -> names(ENTRIES));
    library.keep(QUERIES, () -> names(WHOLE_ENTRIES));
    library.write(
        s ->
            s.createMutationQuery("insert into Entry (id, name) values (2, 'two')")
                .executeUpdate());
    assertThat(names(ENTRIES)).containsExactly("one", "two");
    assertThat(names(WHOLE_ENTRIES)).containsExactly("one", "two");
  }

  @Test
  void theInverseSideOfAManyToMany() {
    library.keep("person.clubs", () -> clubs(1));
    library.keep("person.clubs", () -> clubs(2));
    library.write(s -> s.find(Club.class, 2L).members.add(s.getReference(Person.class, 1L)));
    assertThat(clubs(1)).isEqualTo(2);
    library.keep("person.clubs", () -> clubs(1));
    library.write(s -> s.find(Club.class, 1L).members.clear());
    assertThat(clubs(1)).isEqualTo(1);
    library.write(
        s -> {
          s.find(Club.class, 1L).members.add(s.getReference(Person.class, 2L));
          s.find(Club.class, 2L).members = new HashSet<>();
        });
    assertThat(clubs(1)).isZero();
    assertThat(clubs(2)).isOne();
  }

  private int clubs(long person) {
    return library.read(s -> s.find(Person.class, person).clubs.size());
  }

  @Test
  void sqlThatTheMappingGives() {
    keepAccounts();
    library.write(s -> s.find(Account.class, 1L).name = "mine");
    assertThat(account(1)).isEqualTo("MINE");
    assertThat(account(2)).isEqualTo("MINE");
    keepAccounts();
    library.write(
        s -> {
          Account third = new Account();
          third.id = 3L;
          third.name = "three";
          s.persist(third);
        });
    assertThat(account(3)).isEqualTo("THREE");
    keepAccounts();
    library.write(s -> s.remove(s.find(Account.class, 1L)));
    assertThat(account(1)).isEqualTo("gone");
    assertThat(account(2)).isEqualTo("gone");
  }

  private void keepAccounts() {
    library.keep("account", () -> account(1));
    library.keep("account", () -> account(2));
  }
}
