package dev.larder.hibernate.internal.link;

import java.sql.Types;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.type.BasicType;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.BooleanJavaType;
import org.hibernate.type.descriptor.java.ByteJavaType;
import org.hibernate.type.descriptor.java.DoubleJavaType;
import org.hibernate.type.descriptor.java.EnumJavaType;
import org.hibernate.type.descriptor.java.FloatJavaType;
import org.hibernate.type.descriptor.java.IntegerJavaType;
import org.hibernate.type.descriptor.java.LocalDateJavaType;
import org.hibernate.type.descriptor.java.LongJavaType;
import org.hibernate.type.descriptor.java.PrimitiveByteArrayJavaType;
import org.hibernate.type.descriptor.java.ShortJavaType;
import org.hibernate.type.descriptor.java.StringJavaType;
import org.hibernate.type.descriptor.java.UUIDJavaType;
import org.jspecify.annotations.Nullable;

/**
 * A column as the database declares it, and what it keeps as it is given. Immutable and
 * thread-safe.
 *
 * @param type the database's name of its type, in lower case
 * @param jdbcType as in {@link Types}
 * @param length characters, bytes or digits at most; not positive where there is no bound
 * @param scale digits after the point
 * @param nullable whether it holds nulls
 */
public record StoredColumn(
    Product product, String type, int jdbcType, int length, int scale, boolean nullable) {

  private static final Set<String> TEXTS =
      Set.of(
          "varchar",
          "character varying",
          "text",
          "tinytext",
          "mediumtext",
          "longtext",
          "character large object");

  private static final Set<String> BYTES =
      Set.of("bytea", "binary varying", "varbinary", "tinyblob", "blob", "mediumblob", "longblob");

  private static final Set<Integer> TEXT_CODES =
      Set.of(
          SqlTypes.VARCHAR,
          SqlTypes.NVARCHAR,
          SqlTypes.LONGVARCHAR,
          SqlTypes.LONGNVARCHAR,
          SqlTypes.LONG32VARCHAR,
          SqlTypes.LONG32NVARCHAR);

  private static final Set<Integer> BYTES_CODES =
      Set.of(SqlTypes.VARBINARY, SqlTypes.LONGVARBINARY, SqlTypes.LONG32VARBINARY);

  /** The scale by which MariaDB says that a floating column has none. */
  private static final int FLOATING = 31;

  /** The products of which it is known how they store. */
  public enum Product {
    POSTGRESQL,
    MARIADB,
    H2,
    OTHER;

    static Product of(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "postgresql" -> POSTGRESQL;
        case "mariadb", "mysql" -> MARIADB;
        case "h2" -> H2;
        default -> OTHER;
      };
    }
  }

  /**
   * Whether values of that mapping, of the kind that {@link #keepsValue} lets by, stay the same.
   */
  public boolean keeps(JdbcMapping mapping) {
    if (product == Product.OTHER
        || !(mapping instanceof BasicType<?> basic)
        || basic.getValueConverter() != null
        || !isHibernatesOwn(basic)) {
      return false;
    }
    Class<?> java = basic.getJavaTypeDescriptor().getClass();
    int code = basic.getJdbcType().getDefaultSqlTypeCode();
    if (java == BooleanJavaType.class) {
      return jdbcType == Types.BIT || jdbcType == Types.BOOLEAN;
    }
    if (java == StringJavaType.class) {
      return TEXT_CODES.contains(code) && TEXTS.contains(type);
    }
    if (java == PrimitiveByteArrayJavaType.class) {
      return BYTES_CODES.contains(code) && BYTES.contains(type);
    }
    if (java == UUIDJavaType.class) {
      return type.equals("uuid");
    }
    if (java == LocalDateJavaType.class) {
      return type.equals("date");
    }
    if (java == DoubleJavaType.class) {
      boolean isDouble =
          type.equals("float8") || type.equals("double precision") || type.equals("double");
      return isDouble && (product != Product.MARIADB || scale >= FLOATING);
    }
    if (java == FloatJavaType.class) {
      return type.equals("float4") || type.equals("real") && product != Product.MARIADB;
    }
    if (java == EnumJavaType.class) {
      return keepsEnum(code);
    }
    int bytes = bytes(java);
    return bytes > 0 && digits() >= bytes;
  }

  private static boolean isHibernatesOwn(BasicType<?> basic) {
    return isHibernatesOwn(basic.getJdbcType()) && isHibernatesOwn(basic.getJavaTypeDescriptor());
  }

  private static boolean isHibernatesOwn(Object descriptor) {
    return descriptor.getClass().getPackageName().startsWith("org.hibernate.");
  }

  private boolean keepsEnum(int code) {
    if (code == SqlTypes.TINYINT || code == SqlTypes.SMALLINT || code == SqlTypes.INTEGER) {
      return digits() > 0;
    }
    boolean named = code == SqlTypes.ENUM || code == SqlTypes.NAMED_ENUM;
    if (named && product == Product.POSTGRESQL) {
      return jdbcType == Types.VARCHAR;
    }
    if (named && product == Product.H2 && type.startsWith("enum")) {
      return true;
    }
    return (named || TEXT_CODES.contains(code)) && TEXTS.contains(type);
  }

  private static int bytes(Class<?> java) {
    if (java == ByteJavaType.class) {
      return 1;
    } else if (java == ShortJavaType.class) {
      return 2;
    } else if (java == IntegerJavaType.class) {
      return 4;
    }
    return java == LongJavaType.class ? 8 : 0;
  }

  /** The bytes of a whole number; 0 for what is none, or has no sign. */
  private int digits() {
    if (type.contains("unsigned") || type.contains("mediumint")) {
      return 0;
    }
    return switch (jdbcType) {
      case Types.TINYINT -> 1;
      case Types.SMALLINT -> 2;
      case Types.INTEGER -> 4;
      case Types.BIGINT -> 8;
      default -> 0;
    };
  }

  /**
   * Whether the column holds this very value: long texts are cut off, some nulls and letters
   * replaced.
   */
  public boolean keepsValue(@Nullable Object value) {
    if (value == null) {
      return nullable;
    }
    if (value instanceof String text) {
      return keepsText(text);
    }
    if (value instanceof byte[] bytes) {
      return isWithin(bytes.length);
    }
    if (value instanceof Enum<?> constant) {
      return !TEXTS.contains(type) || keepsText(constant.name());
    }
    if (value instanceof Double number) {
      return Double.isFinite(number) && !isMinusZero(number);
    }
    if (value instanceof Float number) {
      return Float.isFinite(number) && !isMinusZero(number.doubleValue());
    }
    if (value instanceof LocalDate date) {
      // Before the Gregorian calendar drivers disagree on which day it is.
      return date.getYear() >= 1600 && date.getYear() <= 9999;
    }
    return true;
  }

  private static boolean isMinusZero(double number) {
    return number == 0 && 1 / number < 0;
  }

  private boolean keepsText(String text) {
    // An empty text is null to H2 in some of its modes; MariaDB replaces what a character set
    // lacks.
    return isWithin(text.length())
        && (product != Product.H2 || !text.isEmpty())
        && (product != Product.MARIADB || text.chars().allMatch(c -> c < 128));
  }

  private boolean isWithin(int size) {
    return length <= 0 || size <= length;
  }
}
