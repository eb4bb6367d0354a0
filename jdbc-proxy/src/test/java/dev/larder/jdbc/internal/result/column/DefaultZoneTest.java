package dev.larder.jdbc.internal.result.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of the default time zone against the zone itself. */
@Isolated("the default time zone is the whole JVM's")
class DefaultZoneTest {

  private final TimeZone before = TimeZone.getDefault();

  @AfterEach
  void restore() {
    TimeZone.setDefault(before);
  }

  private static long millis(int year, int month, int day, int hour) {
    return LocalDateTime.of(year, month, day, hour, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  /** A settled offset is the zone's at every hour within a day of the moment. */
  private static void holds(TimeZone zone, long asUtc) {
    long offset = DefaultZone.offsetAround(asUtc);
    boolean settled = true;
    for (long at = asUtc - DefaultZone.MILLIS_PER_DAY;
        at <= asUtc + DefaultZone.MILLIS_PER_DAY;
        at += DefaultZone.MILLIS_PER_DAY / 24) {
      settled &= zone.getOffset(at) == offset;
    }
    assertThat(settled || offset == DefaultZone.UNSETTLED)
        .as("%d ms ahead around %d in %s", offset, asUtc, zone.getID())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Europe/Berlin",
        "America/Sao_Paulo",
        "Africa/Casablanca",
        "Africa/Monrovia",
        "Europe/Amsterdam",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "GMT+05:30"
      })
  void isTheZonesOwnOffset(String id) {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    System.out.println("DefaultZone: -Dlarder.test.seed=" + seed);
    Random random = new Random(seed);
    TimeZone zone = TimeZone.getTimeZone(id);
    TimeZone.setDefault(zone);
    long first = millis(1850, 1, 1, 0);
    long last = millis(2150, 1, 1, 0);
    for (int i = 0; i < 5_000; i++) {
      holds(zone, first + (long) (random.nextDouble() * (last - first)));
    }
  }

  @Test
  void isSettledButForTheDaysAroundAChange() {
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    assertThat(DefaultZone.offsetAround(millis(2026, 1, 15, 12))).isEqualTo(3_600_000);
    assertThat(DefaultZone.offsetAround(millis(2026, 7, 15, 12))).isEqualTo(7_200_000);
    assertThat(DefaultZone.offsetAround(millis(2026, 3, 29, 2))).isEqualTo(DefaultZone.UNSETTLED);
    assertThat(DefaultZone.offsetAround(millis(2026, 3, 27, 0))).isEqualTo(3_600_000);
    assertThat(DefaultZone.offsetAround(millis(2026, 3, 31, 0))).isEqualTo(7_200_000);
  }

  @Test
  void followsTheDefaultWhenItChanges() {
    long summer = millis(2026, 7, 15, 12);
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    assertThat(DefaultZone.offsetAround(summer)).isEqualTo(7_200_000);
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
    assertThat(DefaultZone.offsetAround(summer)).isEqualTo(32_400_000);
    TimeZone shifted = TimeZone.getTimeZone("Asia/Tokyo");
    shifted.setRawOffset(1_234);
    TimeZone.setDefault(shifted);
    assertThat(DefaultZone.offsetAround(summer)).as("the same id").isEqualTo(1_234);
    TimeZone berlin = TimeZone.getTimeZone("Europe/Berlin");
    TimeZone.setDefault(berlin);
    assertThat(DefaultZone.offsetAround(summer)).isEqualTo(7_200_000);
    TimeZone renamed = TimeZone.getTimeZone("Africa/Lagos");
    renamed.setID(berlin.getID());
    TimeZone.setDefault(renamed);
    assertThat(DefaultZone.offsetAround(summer)).as("other rules").isEqualTo(3_600_000);
    TimeZone.setDefault(new SimpleTimeZone(4_321, renamed.getID()));
    assertThat(DefaultZone.offsetAround(summer)).as("another class").isEqualTo(4_321);
  }
}
