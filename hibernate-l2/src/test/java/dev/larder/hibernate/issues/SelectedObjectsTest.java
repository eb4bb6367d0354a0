package dev.larder.hibernate.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.Library;
import dev.larder.testkit.Databases;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import java.io.Serializable;
import java.util.Calendar;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.format.FormatMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Symptom: a cacheable query that selects something changeable handed one object to every session,
 * so whoever changed his result changed everybody's.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SelectedObjectsTest {

  private static final String QUERIES = "default-query-results-region";

  private static final String[] SCHEMA = {
    "create table thing (id bigint primary key, name varchar(20), bytes varbinary(20),"
        + " boxed varbinary(20), made timestamp, on_day date, at_time timestamp, stamp timestamp,"
        + " letters varchar(20), numbers integer array, doc varchar(200), note varbinary(2000),"
        + " x int, y int, marks varbinary(20))",
  };

  private Library library;

  /** A document with one value, which can be changed. */
  static class Doc {
    Map<String, String> values = new HashMap<>();
  }

  static class Note implements Serializable {
    private static final long serialVersionUID = 1L;
    String text = "note";
  }

  @Embeddable
  static class Spot {
    int x;
    int y;
    byte[] marks;
  }

  @Entity(name = "Thing")
  @Table(name = "thing")
  static class Thing {
    @Id Long id;
    String name;
    byte[] bytes;

    @JdbcTypeCode(SqlTypes.VARBINARY)
    Byte[] boxed;

    @Temporal(TemporalType.TIMESTAMP)
    Date made;

    @Temporal(TemporalType.DATE)
    @Column(name = "on_day")
    Date day;

    @Temporal(TemporalType.TIMESTAMP)
    @Column(name = "at_time")
    Calendar at;

    java.sql.Timestamp stamp;
    char[] letters;
    Integer[] numbers;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "doc")
    Doc doc;

    @Column(name = "note", length = 2000)
    Note note;

    @Embedded Spot spot;
  }

  /** A document is its one value. */
  public static final class OneValue implements FormatMapper {
    @Override
    @SuppressWarnings("unchecked")
    public <T> T fromString(CharSequence text, JavaType<T> type, WrapperOptions options) {
      Doc doc = new Doc();
      doc.values.put("v", text.toString().replace("\"", ""));
      return (T) doc;
    }

    @Override
    public <T> String toString(T value, JavaType<T> type, WrapperOptions options) {
      return '"' + ((Doc) value).values.get("v") + '"';
    }
  }

  @BeforeAll
  void open() {
    library =
        Library.in(Databases.h2(), SCHEMA)
            .entities(Thing.class)
            .hibernate("hibernate.type.json_format_mapper", new OneValue())
            .hibernate("hibernate.type.wrapper_array_handling", "LEGACY")
            .overLarder();
    library.write(session -> session.persist(filled()));
  }

  @AfterAll
  void close() throws Exception {
    library.close();
  }

  private static Thing filled() {
    Thing thing = new Thing();
    thing.id = 1L;
    thing.name = "thing";
    thing.bytes = new byte[] {1, 2};
    thing.boxed = new Byte[] {1, 2};
    thing.made = new Date(1_000_000_000_000L);
    thing.day = new Date(1_000_000_000_000L);
    thing.at = Calendar.getInstance();
    thing.at.setTimeInMillis(1_000_000_000_000L);
    thing.stamp = new java.sql.Timestamp(1_000_000_000_000L);
    thing.letters = new char[] {'a', 'b'};
    thing.numbers = new Integer[] {1, 2};
    thing.doc = new Doc();
    thing.doc.values.put("v", "doc");
    thing.note = new Note();
    thing.spot = new Spot();
    thing.spot.x = 1;
    thing.spot.marks = new byte[] {1};
    return thing;
  }

  /**
   * What is selected, how it is seen, and how it is changed.
   *
   * @param kept whether it is answered from memory; what is analysed as less may not be
   */
  private record Selected(
      String hql, Function<Object, Object> seen, Consumer<Object> change, boolean kept) {
    @Override
    public String toString() {
      return hql;
    }
  }

  static List<Selected> selected() {
    return List.of(
        new Selected(
            "select bytes from Thing", o -> ((byte[]) o)[0], o -> ((byte[]) o)[0] = 9, true),
        new Selected(
            "select name, bytes from Thing",
            o -> List.of(((Object[]) o)[0], ((byte[]) ((Object[]) o)[1])[0]),
            o -> {
              ((byte[]) ((Object[]) o)[1])[0] = 9;
              ((Object[]) o)[0] = "changed";
            },
            true),
        new Selected(
            "select id, name from Thing",
            o -> ((Object[]) o)[1],
            o -> ((Object[]) o)[1] = "changed",
            true),
        new Selected(
            "select id, boxed from Thing",
            o -> ((Byte[]) ((Object[]) o)[1])[0],
            o -> ((Byte[]) ((Object[]) o)[1])[0] = 9,
            true),
        new Selected(
            "select made from Thing", o -> ((Date) o).getTime(), o -> ((Date) o).setTime(0), true),
        new Selected(
            "select day from Thing", o -> ((Date) o).getTime(), o -> ((Date) o).setTime(0), true),
        new Selected(
            "select at from Thing",
            o -> ((Calendar) o).getTimeInMillis(),
            o -> ((Calendar) o).setTimeInMillis(0),
            true),
        new Selected(
            "select stamp from Thing", o -> ((Date) o).getTime(), o -> ((Date) o).setTime(0), true),
        new Selected(
            "select letters from Thing", o -> ((char[]) o)[0], o -> ((char[]) o)[0] = 'z', true),
        new Selected(
            "select numbers from Thing",
            o -> ((Integer[]) o)[0],
            o -> ((Integer[]) o)[0] = 9,
            // Kept, Hibernate would hand out the array's elements as columns.
            false),
        new Selected(
            "select id, numbers from Thing",
            o -> ((Integer[]) ((Object[]) o)[1])[0],
            o -> ((Integer[]) ((Object[]) o)[1])[0] = 9,
            true),
        new Selected(
            "select doc from Thing",
            o -> ((Doc) o).values.get("v"),
            o -> ((Doc) o).values.put("v", "changed"),
            true),
        new Selected(
            "select note from Thing", o -> ((Note) o).text, o -> ((Note) o).text = "changed", true),
        new Selected("select spot from Thing", o -> ((Spot) o).x, o -> ((Spot) o).x = 9, true),
        new Selected(
            "select spot from Thing", o -> ((Spot) o).marks[0], o -> ((Spot) o).marks[0] = 9, true),
        new Selected(
            "select new map(name as name, bytes as bytes) from Thing",
            o -> ((byte[]) ((Map<?, ?>) o).get("bytes"))[0],
            o -> ((byte[]) ((Map<?, ?>) o).get("bytes"))[0] = 9,
            true),
        new Selected(
            "select t from Thing t",
            o -> List.of(((Thing) o).bytes[0], ((Thing) o).made.getTime(), ((Thing) o).note.text),
            o -> {
              ((Thing) o).bytes[0] = 9;
              ((Thing) o).made.setTime(0);
              ((Thing) o).note.text = "changed";
            },
            true));
  }

  @ParameterizedTest
  @MethodSource("selected")
  void everySessionHasItsOwn(Selected selected) {
    UnaryOperator<Object> read =
        any ->
            library.read(
                session -> {
                  session.setDefaultReadOnly(true);
                  session.setHibernateFlushMode(org.hibernate.FlushMode.MANUAL);
                  return session
                      .createQuery(selected.hql(), Object.class)
                      .setCacheable(true)
                      .getSingleResult();
                });
    Object before = selected.seen().apply(read.apply(""));
    library.factory.getCache().evictQueryRegions();
    for (int i = 0; i < 4; i++) {
      Object result = read.apply("");
      assertThat(selected.seen().apply(result)).isEqualTo(before);
      selected.change().accept(result);
    }
    if (selected.kept()) {
      library.keep(
          QUERIES, () -> assertThat(selected.seen().apply(read.apply(""))).isEqualTo(before));
    }
  }

  @Test
  void nativeQueries() {
    for (int i = 0; i < 4; i++) {
      byte[] bytes =
          library.read(
              session ->
                  session
                      .createNativeQuery("select bytes from thing where id = 1", byte[].class)
                      .addSynchronizedEntityClass(Thing.class)
                      .setCacheable(true)
                      .getSingleResult());
      assertThat(bytes[0]).isEqualTo((byte) 1);
      bytes[0] = 9;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select null from Thing",
        "select name, null from Thing",
        "select null, null from Thing",
        "select nullif(name, name) from Thing"
      })
  void aNullIsKept(String hql) {
    Runnable read =
        () ->
            assertThat(
                    library.<List<Object>>read(
                        session ->
                            session
                                .createQuery(hql, Object.class)
                                .setCacheable(true)
                                .getResultList()))
                .hasSize(1);
    read.run();
    long before = library.factory.getStatistics().getQueryCacheHitCount();
    read.run();
    assertThat(library.factory.getStatistics().getQueryCacheHitCount()).isGreaterThan(before);
  }
}
