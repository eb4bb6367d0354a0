package dev.larder.jdbc.internal.result.driver.pgjdbc;

import dev.larder.jdbc.internal.result.column.DefaultZone;
import dev.larder.jdbc.internal.result.column.LongValues;
import dev.larder.jdbc.internal.result.column.PackedTimestamp;
import dev.larder.jdbc.internal.result.column.Portable;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/**
 * The values of a timestamp or timestamptz column, as long as every one packs. Immutable and
 * thread-safe.
 */
final class TimestampColumn extends PgColumn {

  private final LongValues values;

  TimestampColumn(LongValues values, PgType type) {
    super(values, type);
    this.values = values;
  }

  @Override
  public Portable portable() {
    return portable(LongValues.class, TimestampColumn::new);
  }

  @Override
  String text(int row) {
    return PackedTimestamp.text(values.get(row));
  }

  /*
   * The usual getters, without the text. Timestamp's constructor from fields reads them in the
   * JVM's zone as a calendar does; before 1900 the driver's calendar may differ, so that the text
   * decides there.
   */
  @Override
  @SuppressWarnings("deprecation")
  public Timestamp getTimestamp(int row, @Nullable Calendar calendar) throws SQLException {
    long packed = values.get(row);
    int year = PackedTimestamp.year(packed);
    if (year < 1900) {
      return super.getTimestamp(row, calendar);
    }
    if (PackedTimestamp.hasOffset(packed)) {
      LocalDateTime local = local(packed);
      Timestamp timestamp =
          new Timestamp(
              (local.toEpochSecond(ZoneOffset.UTC) - PackedTimestamp.offset(packed)) * 1000);
      timestamp.setNanos(local.getNano());
      return timestamp;
    }
    if (calendar != null) {
      return super.getTimestamp(row, calendar);
    }
    Timestamp timestamp = inDefaultZone(packed);
    return timestamp != null
        ? timestamp
        : new Timestamp(
            year - 1900,
            PackedTimestamp.month(packed) - 1,
            PackedTimestamp.day(packed),
            PackedTimestamp.hour(packed),
            PackedTimestamp.minute(packed),
            PackedTimestamp.second(packed),
            PackedTimestamp.micros(packed) * 1000);
  }

  /**
   * The moment in the JVM's zone, or null near a change of the clocks there, where Timestamp's own
   * rules decide. Several times cheaper than its constructor from fields.
   */
  private static @Nullable Timestamp inDefaultZone(long packed) {
    long asUtc = PackedTimestamp.epochMillisAtUtc(packed);
    long offset = DefaultZone.offsetAround(asUtc);
    if (offset == DefaultZone.UNSETTLED) {
      return null;
    }
    Timestamp timestamp = new Timestamp(asUtc - offset);
    timestamp.setNanos(PackedTimestamp.micros(packed) * 1000);
    return timestamp;
  }

  @Override
  OffsetDateTime offsetDateTime(int row) throws SQLException {
    long packed = values.get(row);
    if (!PackedTimestamp.hasOffset(packed)) {
      return super.offsetDateTime(row);
    }
    return local(packed)
        .atOffset(ZoneOffset.ofTotalSeconds(PackedTimestamp.offset(packed)))
        .withOffsetSameInstant(ZoneOffset.UTC);
  }

  @Override
  LocalDateTime localDateTime(int row) throws SQLException {
    long packed = values.get(row);
    if (type.oid() != Oid.TIMESTAMP) {
      return super.localDateTime(row);
    }
    return local(packed);
  }

  private static LocalDateTime local(long packed) {
    return LocalDateTime.of(
        PackedTimestamp.year(packed),
        PackedTimestamp.month(packed),
        PackedTimestamp.day(packed),
        PackedTimestamp.hour(packed),
        PackedTimestamp.minute(packed),
        PackedTimestamp.second(packed),
        PackedTimestamp.micros(packed) * 1000);
  }
}
