package dev.larder.jdbc.internal.result.driver.mysql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** A getter that a column is asked by while its rows are read. */
enum Question {
  OBJECT(ResultSet::getObject),
  STRING(ResultSet::getString),
  BOOLEAN(ResultSet::getBoolean),
  INT(ResultSet::getInt),
  LONG(ResultSet::getLong),
  FLOAT(ResultSet::getFloat),
  DOUBLE(ResultSet::getDouble),
  DECIMAL(ResultSet::getBigDecimal),
  BYTES(ResultSet::getBytes),
  DATE(ResultSet::getDate),
  TIME(ResultSet::getTime),
  TIMESTAMP(ResultSet::getTimestamp),
  LOCAL_DATE((live, index) -> live.getObject(index, LocalDate.class)),
  LOCAL_TIME((live, index) -> live.getObject(index, LocalTime.class)),
  LOCAL_DATE_TIME((live, index) -> live.getObject(index, LocalDateTime.class));

  /** A getter of a column by its index. */
  interface Getter {
    @Nullable Object get(ResultSet live, int index) throws SQLException;
  }

  private final Getter getter;

  Question(Getter getter) {
    this.getter = getter;
  }

  @Nullable Object ask(ResultSet live, int index) throws SQLException {
    return getter.get(live, index);
  }

  int bit() {
    return 1 << ordinal();
  }
}
