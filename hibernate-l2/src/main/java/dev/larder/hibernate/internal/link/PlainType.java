package dev.larder.hibernate.internal.link;

import java.util.Set;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.type.BasicType;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.Type;
import org.hibernate.type.descriptor.java.BooleanJavaType;
import org.hibernate.type.descriptor.java.ByteJavaType;
import org.hibernate.type.descriptor.java.IntegerJavaType;
import org.hibernate.type.descriptor.java.LocalDateJavaType;
import org.hibernate.type.descriptor.java.LongJavaType;
import org.hibernate.type.descriptor.java.PrimitiveByteArrayJavaType;
import org.hibernate.type.descriptor.java.ShortJavaType;
import org.hibernate.type.descriptor.java.StringJavaType;
import org.hibernate.type.descriptor.java.UUIDJavaType;

/**
 * Whether a database holds the value of a property as it is given. Stateless.
 *
 * <p>A decimal is rounded to its column's scale, a time to its precision, and what the application
 * converts in a way of its own may be anything.
 */
public final class PlainType {

  private static final Set<Class<?>> KEPT_AS_THEY_ARE =
      Set.of(
          BooleanJavaType.class,
          ByteJavaType.class,
          ShortJavaType.class,
          IntegerJavaType.class,
          LongJavaType.class,
          StringJavaType.class,
          UUIDJavaType.class,
          LocalDateJavaType.class,
          PrimitiveByteArrayJavaType.class);

  private PlainType() {}

  /** Whether values of the type are held as they are given. */
  public static boolean is(Type type) {
    if (!(type instanceof BasicType<?> basic) || basic.getValueConverter() != null) {
      return false;
    }
    int code = basic.getJdbcType().getDefaultSqlTypeCode();
    return KEPT_AS_THEY_ARE.contains(basic.getJavaTypeDescriptor().getClass())
        && isHibernatesOwn(basic.getJdbcType())
        && code != SqlTypes.CHAR
        && code != SqlTypes.NCHAR;
  }

  private static boolean isHibernatesOwn(Object descriptor) {
    return descriptor.getClass().getPackageName().startsWith("org.hibernate.");
  }

  /** Whether a column is written and read without an expression around it. */
  public static boolean isBare(SelectableMapping column) {
    String write = column.getCustomWriteExpression();
    boolean written = write == null || write.isEmpty() || write.equals("?");
    return written && !column.isFormula() && isRead(column);
  }

  /** Hibernate spells a column that is read as it is with a place for the table's alias. */
  private static boolean isRead(SelectableMapping column) {
    String read = column.getCustomReadExpression();
    String name = column.getSelectionExpression();
    return read == null || read.equals("{@}." + name) || read.equals("$PlaceHolder$." + name);
  }
}
