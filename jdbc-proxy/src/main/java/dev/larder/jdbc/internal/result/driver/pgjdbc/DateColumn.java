package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.column.DefaultZone;
import dev.larder.jdbc.internal.result.column.IntValues;
import dev.larder.jdbc.internal.result.column.Portable;
import java.sql.Date;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/**
 * The values of a date column as days since 1970, as long as every one packs. Immutable and
 * thread-safe.
 */
final class DateColumn extends PgColumn {

  private static final long YEAR_1900 =
      LocalDate.of(1900, 1, 1).toEpochDay() * DefaultZone.MILLIS_PER_DAY;

  private final IntValues values;

  DateColumn(IntValues values, PgType type) {
    super(values, type);
    this.values = values;
  }

  @Override
  public Portable portable() {
    return portable(IntValues.class, DateColumn::new);
  }

  @Override
  String text(int row) {
    return localDate(row).toString();
  }

  @Override
  LocalDate localDate(int row) {
    return LocalDate.ofEpochDay(values.get(row));
  }

  @Override
  public Date getDate(int row, @Nullable Calendar calendar) throws SQLException {
    long midnight = values.get(row) * DefaultZone.MILLIS_PER_DAY;
    long offset =
        calendar != null || midnight < YEAR_1900
            ? DefaultZone.UNSETTLED
            : DefaultZone.offsetAround(midnight);
    return offset == DefaultZone.UNSETTLED
        ? super.getDate(row, calendar)
        : new Date(midnight - offset);
  }
}
