package dev.larder.jdbc.internal.result.driver.mysql;

import static dev.larder.jdbc.internal.result.driver.mysql.Question.BOOLEAN;
import static dev.larder.jdbc.internal.result.driver.mysql.Question.BYTES;
import static dev.larder.jdbc.internal.result.driver.mysql.Question.DATE;
import static dev.larder.jdbc.internal.result.driver.mysql.Question.DECIMAL;
import static dev.larder.jdbc.internal.result.driver.mysql.Question.DOUBLE;
import static dev.larder.jdbc.internal.result.driver.mysql.Question.FLOAT;
import static dev.larder.jdbc.internal.result.driver.mysql.Question.INT;
import static dev.larder.jdbc.internal.result.driver.mysql.Question.LOCAL_DATE;
import static dev.larder.jdbc.internal.result.driver.mysql.Question.LOCAL_DATE_TIME;
import static dev.larder.jdbc.internal.result.driver.mysql.Question.LOCAL_TIME;
import static dev.larder.jdbc.internal.result.driver.mysql.Question.LONG;
import static dev.larder.jdbc.internal.result.driver.mysql.Question.OBJECT;
import static dev.larder.jdbc.internal.result.driver.mysql.Question.STRING;
import static dev.larder.jdbc.internal.result.driver.mysql.Question.TIME;
import static dev.larder.jdbc.internal.result.driver.mysql.Question.TIMESTAMP;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a column is asked for each of its values. Immutable and thread-safe.
 *
 * @param followZone whether an answer may depend on the JVM's time zone
 */
record Questions(List<Question> asked, boolean followZone) {

  /** The questions to a column, or null where it is none of those that are asked. */
  static @Nullable Questions of(ResultSetMetaData metaData, int index) throws SQLException {
    return switch (metaData.getColumnType(index)) {
      case Types.BIT, Types.BOOLEAN -> plain(OBJECT, STRING, BOOLEAN, INT, LONG);
      case Types.BIGINT -> metaData.isSigned(index) ? null : plain(OBJECT, STRING, LONG, DECIMAL);
      case Types.CHAR -> plain(OBJECT, STRING);
      case Types.REAL -> plain(OBJECT, STRING, FLOAT, DOUBLE, DECIMAL);
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> plain(OBJECT, BYTES);
      case Types.DATE -> ofTime(OBJECT, STRING, DATE, LOCAL_DATE);
      case Types.TIME -> ofTime(OBJECT, STRING, TIME, LOCAL_TIME);
      case Types.TIMESTAMP -> ofTime(OBJECT, STRING, TIMESTAMP, DATE, LOCAL_DATE_TIME);
      default -> null;
    };
  }

  private static Questions plain(Question... asked) {
    return new Questions(List.of(asked), false);
  }

  private static Questions ofTime(Question... asked) {
    return new Questions(List.of(asked), true);
  }
}
