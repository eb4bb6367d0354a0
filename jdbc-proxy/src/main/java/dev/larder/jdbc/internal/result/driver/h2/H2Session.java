package dev.larder.jdbc.internal.result.driver.h2;

import org.h2.api.JavaObjectSerializer;
import org.h2.engine.CastDataProvider;
import org.h2.engine.Mode;
import org.h2.jdbc.JdbcConnection;
import org.h2.util.DateTimeUtils;
import org.h2.util.TimeZoneProvider;
import org.h2.value.ValueTimestampTimeZone;
import org.jspecify.annotations.Nullable;

/**
 * The session that conversions ask, without its connection: its time zone and mode at capture, both
 * part of the fingerprint under which a result is stored. Immutable and thread-safe.
 */
final class H2Session implements CastDataProvider {

  private final TimeZoneProvider zone;
  private final Mode mode;
  private final boolean zeroBasedEnums;

  H2Session(JdbcConnection connection) {
    this.zone = connection.currentTimeZone();
    this.mode = connection.getMode();
    this.zeroBasedEnums = connection.zeroBasedEnums();
  }

  @Override
  public ValueTimestampTimeZone currentTimestamp() {
    return DateTimeUtils.currentTimestamp(zone);
  }

  @Override
  public TimeZoneProvider currentTimeZone() {
    return zone;
  }

  @Override
  public Mode getMode() {
    return mode;
  }

  @Override
  public @Nullable JavaObjectSerializer getJavaObjectSerializer() {
    return null;
  }

  @Override
  public boolean zeroBasedEnums() {
    return zeroBasedEnums;
  }
}
