package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.bind.DriverValue;
import dev.larder.jdbc.internal.memory.HeapSize;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.postgresql.geometric.PGbox;
import org.postgresql.geometric.PGpoint;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * An object of pgjdbc's as a parameter: it is sent as its text, with the name of its type, or in
 * binary if it has a form for that. Immutable and thread-safe.
 *
 * @param objectClass the class that decides how it is sent
 * @param value null for NULL
 */
record PgParameter(Class<? extends PGobject> objectClass, String type, @Nullable String value)
    implements DriverValue {

  private static final long OBJECT = HeapSize.object(3 * HeapSize.REFERENCE);

  /** Types that every server has, so that the driver finds them whatever it knows yet. */
  private static final Set<String> EVERYWHERE =
      Set.of(
          "json",
          "jsonb",
          "uuid",
          "interval",
          "inet",
          "cidr",
          "macaddr",
          "xml",
          "bit",
          "varbit",
          "money",
          "point",
          "box",
          "circle",
          "line",
          "lseg",
          "path",
          "polygon",
          "text",
          "varchar",
          "int4range",
          "int8range",
          "numrange",
          "tsrange",
          "tstzrange",
          "daterange",
          "tsvector",
          "tsquery");

  /**
   * The parameter that a value is; null where it is no object of the driver's, or is incomplete.
   */
  static @Nullable DriverValue of(Object value) {
    if (!(value instanceof PGobject object) || object.getType() == null) {
      return null;
    }
    if (object.getClass() == PGpoint.class || object.getClass() == PGbox.class) {
      return new PgParameter(object.getClass(), object.getType(), object.getValue());
    }
    // Nobody knows what another class may send in binary.
    return object instanceof PGBinaryObject
        ? null
        : new PgParameter(PGobject.class, object.getType(), object.getValue());
  }

  @Override
  public Object own() throws SQLException {
    return new PgObjectType(type, objectClass).of(value, null);
  }

  @Override
  public boolean isTaken() {
    return EVERYWHERE.contains(type);
  }

  @Override
  public long bytes() {
    String text = value;
    return OBJECT
        + HeapSize.wideString(type.length())
        + (text == null ? 0 : HeapSize.wideString(text.length()));
  }

  @Override
  public boolean anyText(Predicate<String> test) {
    String text = value;
    return text != null && test.test(text);
  }
}
