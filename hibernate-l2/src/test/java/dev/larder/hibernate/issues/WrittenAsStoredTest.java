package dev.larder.hibernate.issues;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.MysqlDataSource;
import dev.larder.hibernate.CacheSetting;
import dev.larder.hibernate.Library;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.format.FormatMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * Symptom: after a write the second level served what the application had given, though the column
 * pads, cuts off, rounds or rewrites it.
 */
class WrittenAsStoredTest {

  enum Colour {
    RED,
    GREEN
  }

  @MappedSuperclass
  @Cacheable
  abstract static class Row {
    @Id Long id;

    abstract Object value();
  }

  @MappedSuperclass
  abstract static class Text extends Row {
    @Column(name = "held")
    String held;

    @Override
    Object value() {
      return held;
    }
  }

  @MappedSuperclass
  abstract static class Number extends Row {
    @Column(name = "held")
    Double held;

    @Override
    Object value() {
      return held;
    }
  }

  @Entity(name = "padded")
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "padded")
  static class Padded extends Text {}

  @Entity(name = "cut")
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "cut")
  static class Cut extends Text {}

  @Entity(name = "trimmed")
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "trimmed")
  static class Trimmed extends Text {}

  @Entity(name = "folded")
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "folded")
  static class Folded extends Text {}

  @Entity(name = "plain")
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "plain")
  static class Plain extends Text {}

  @Entity(name = "rounded")
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "rounded")
  static class Rounded extends Number {}

  @Entity(name = "single")
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "single")
  static class Single extends Number {}

  @Entity(name = "exact")
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "exact")
  static class Exact extends Number {}

  @Entity(name = "transformed")
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "transformed")
  static class Transformed extends Row {
    @Column(name = "held")
    @ColumnTransformer(write = "lower(?)")
    String held;

    @Override
    Object value() {
      return held;
    }
  }

  @Entity(name = "document")
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "document")
  static class Document extends Row {
    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "held")
    String held;

    @Override
    Object value() {
      return held;
    }
  }

  @Entity(name = "painted")
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "painted")
  static class Painted extends Row {
    @Enumerated(EnumType.STRING)
    @Column(name = "held")
    @JdbcTypeCode(SqlTypes.VARCHAR)
    Colour held;

    @Enumerated(EnumType.ORDINAL)
    @Column(name = "other")
    Colour other = Colour.GREEN;

    @Override
    Object value() {
      return held;
    }
  }

  @Entity(name = "coded")
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "coded")
  @NaturalIdCache(region = "coded.code")
  static class Coded extends Row {
    @NaturalId(mutable = true)
    @Column(name = "held")
    String held;

    @Override
    Object value() {
      return held;
    }
  }

  /** Every text, number and constant, by each entity; what comes back is what the column holds. */
  private static void check(Library library, Class<? extends Row> type, Object... values)
      throws Exception {
    List<Object> served = new ArrayList<>();
    List<Object> held = new ArrayList<>();
    long id = 0;
    for (Object value : values) {
      long next = ++id;
      library.write(session -> session.persist(filled(type, next, value)));
      served.add(read(library, type, next));
      library.factory.getCache().evictAllRegions();
      held.add(read(library, type, next));
    }
    for (Object value : values) {
      library.keep(region(type), () -> read(library, type, 1));
      library.write(session -> set(session.find(type, 1L), value));
      served.add(read(library, type, 1));
      library.factory.getCache().evictAllRegions();
      held.add(read(library, type, 1));
    }
    assertThat(served).as(type.getSimpleName()).isEqualTo(held);
  }

  private static String region(Class<? extends Row> type) {
    return type.getAnnotation(Cache.class).region();
  }

  private static Object read(Library library, Class<? extends Row> type, long id) {
    return library.read(session -> session.find(type, id).value());
  }

  private static Row filled(Class<? extends Row> type, long id, Object value) {
    try {
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      Row row = constructor.newInstance();
      row.id = id;
      set(row, value);
      return row;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static void set(Row row, Object value) {
    if (row instanceof Text text) {
      text.held = (String) value;
    } else if (row instanceof Number number) {
      number.held = (Double) value;
    } else if (row instanceof Transformed transformed) {
      transformed.held = (String) value;
    } else if (row instanceof Document document) {
      document.held = (String) value;
    } else if (row instanceof Painted painted) {
      painted.held = (Colour) value;
    } else if (row instanceof Coded coded) {
      coded.held = (String) value;
    }
  }

  /** A document is its text. */
  private static final class AsItIs implements FormatMapper {
    @Override
    @SuppressWarnings("unchecked")
    public <T> T fromString(CharSequence text, JavaType<T> type, WrapperOptions options) {
      return (T) text.toString();
    }

    @Override
    public <T> String toString(T value, JavaType<T> type, WrapperOptions options) {
      return value.toString();
    }
  }

  private static Library open(TestDatabase database, boolean alone, Class<?>... entities) {
    Library.Setup setup =
        Library.in(database)
            .entities(entities)
            .hibernate("hibernate.type.json_format_mapper", new AsItIs())
            .hibernate(CacheSetting.WRITERS.property(), "this-jvm");
    return alone ? setup.alone() : setup.overLarder();
  }

  private static final Class<?>[] COMMON = {
    Padded.class,
    Plain.class,
    Trimmed.class,
    Rounded.class,
    Single.class,
    Exact.class,
    Transformed.class,
    Painted.class,
    Coded.class
  };

  private static Class<?>[] with(Class<?>... more) {
    List<Class<?>> all = new ArrayList<>(List.of(COMMON));
    all.addAll(List.of(more));
    return all.toArray(Class<?>[]::new);
  }

  private static void checkCommon(Library library) throws Exception {
    checkCommon(library, true);
  }

  private static void checkCommon(Library library, boolean keepsDoubles) throws Exception {
    check(library, Padded.class, "FR", "DE");
    check(library, Trimmed.class, " a ", "b ");
    check(library, Rounded.class, 1.25, 2.999);
    check(library, Single.class, 0.1, 1.0 / 3);
    check(library, Exact.class, 0.1, -0.0, 1.0 / 3);
    check(library, Transformed.class, "Abc", "DEF");
    check(library, Plain.class, "abc", "", "d ");
    check(library, Painted.class, Colour.RED, Colour.GREEN);
    check(library, Coded.class, "FR", "DE");
    // What is kept as it is given is answered from memory after the write.
    library.write(session -> set(session.find(Plain.class, 1L), "kept"));
    assertThat(library.isHit("plain", () -> read(library, Plain.class, 1))).isTrue();
    library.write(session -> set(session.find(Exact.class, 1L), 0.7));
    boolean isHit = library.isHit("exact", () -> read(library, Exact.class, 1));
    // Connector/J does not tell a column that rounds from one that does not.
    assertThat(isHit).isEqualTo(keepsDoubles);
    library.write(session -> set(session.find(Painted.class, 1L), Colour.RED));
    assertThat(library.isHit("painted", () -> read(library, Painted.class, 1))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onPostgres(boolean alone) throws Exception {
    TestDatabase database = Databases.postgres();
    database.execute(
        "create table padded (id bigint primary key, held char(10))",
        "create table plain (id bigint primary key, held varchar(10))",
        "create table trimmed (id bigint primary key, held varchar(10))",
        "create function trims() returns trigger language plpgsql as"
            + " 'begin new.held := trim(new.held); return new; end'",
        "create trigger trims before insert or update on trimmed"
            + " for each row execute function trims()",
        "create table rounded (id bigint primary key, held numeric(10,1))",
        "create table single (id bigint primary key, held real)",
        "create table exact (id bigint primary key, held double precision)",
        "create table transformed (id bigint primary key, held varchar(10))",
        "create table painted (id bigint primary key, held varchar(10), other smallint)",
        "create table coded (id bigint primary key, held char(10))",
        "create table document (id bigint primary key, held jsonb)",
        "create domain short_text as varchar(5)",
        "create table cut (id bigint primary key, held short_text)",
        "create table folded (id bigint primary key, held varchar(5))");
    try (Library library = open(database, alone, with(Document.class, Cut.class, Folded.class))) {
      checkCommon(library);
      check(library, Document.class, "{\"b\": 1,   \"a\": 2, \"b\": 3}", "[1 ,2]");
      // A text that is too long by blanks is cut off without an error.
      check(library, Cut.class, "abc       ", "abcd      ");
      check(library, Folded.class, "abc       ", "abcd      ");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onH2(boolean alone) throws Exception {
    TestDatabase database = Databases.h2();
    database.execute(
        "create table padded (id bigint primary key, held char(10))",
        "create table plain (id bigint primary key, held varchar(10))",
        "create table trimmed (id bigint primary key, held char varying(10))",
        "create table rounded (id bigint primary key, held numeric(10,1))",
        "create table single (id bigint primary key, held real)",
        "create table exact (id bigint primary key, held double precision)",
        "create table transformed (id bigint primary key, held varchar(10))",
        "create table painted (id bigint primary key, held varchar(10), other tinyint)",
        "create table coded (id bigint primary key, held char(10))",
        "create table cut (id bigint primary key, held varchar(10) default 'none' default on null)",
        "create table folded (id bigint primary key, held varchar_ignorecase(10))");
    try (Library library = open(database, alone, with(Cut.class, Folded.class))) {
      checkCommon(library);
      check(library, Cut.class, "a", null);
      check(library, Folded.class, "Abc", "aBC");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onMariaDb(boolean alone) throws Exception {
    TestDatabase database = Databases.mariadb();
    MariaDbDataSource loose = new MariaDbDataSource(notStrict(database));
    loose.setUser(database.username());
    loose.setPassword(database.password());
    onMySqlOrMariaDb(database, loose, alone);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onMySql(boolean alone) throws Exception {
    TestDatabase database = Databases.mysql();
    MysqlDataSource loose = new MysqlDataSource();
    loose.setUrl(notStrict(database) + "&jdbcCompliantTruncation=false");
    loose.setUser(database.username());
    loose.setPassword(database.password());
    onMySqlOrMariaDb(database, loose, alone);
  }

  /** Where it is not strict, it cuts off and replaces without an error. */
  private static String notStrict(TestDatabase database) {
    return database.url()
        + (database.url().contains("?") ? "&" : "?")
        + "sessionVariables=sql_mode=''";
  }

  private static void onMySqlOrMariaDb(TestDatabase database, DataSource loose, boolean alone)
      throws Exception {
    database.execute(
        "create table padded (id bigint primary key, held char(10))",
        "create table plain (id bigint primary key, held varchar(10))",
        "create table trimmed (id bigint primary key, held varchar(10))",
        "create trigger trims before insert on trimmed for each row set new.held = trim(new.held)",
        "create trigger trims_too before update on trimmed for each row"
            + " set new.held = trim(new.held)",
        "create table rounded (id bigint primary key, held double(10,1))",
        "create table single (id bigint primary key, held float)",
        "create table exact (id bigint primary key, held double)",
        "create table transformed (id bigint primary key, held varchar(10))",
        "create table painted (id bigint primary key, held varchar(10), other tinyint)",
        "create table coded (id bigint primary key, held char(10))",
        "create table cut (id bigint primary key, held varchar(3))",
        "create table folded (id bigint primary key, held varchar(10) character set latin1)");
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    LarderDataSource larder = LarderDataSource.wrap(loose, settings);
    try (Library library =
        Library.in(database)
            .entities(with(Cut.class, Folded.class))
            .hibernate(CacheSetting.WRITERS.property(), "this-jvm")
            .over(alone ? loose : larder, larder)) {
      checkCommon(library, !database.url().startsWith("jdbc:mysql:"));
      check(library, Cut.class, "abcdef", "abc", "ghijkl");
      check(library, Folded.class, "\u4e2d\u6587", "abc", "\u0416");
    }
  }
}
