package dev.larder.jdbc.internal.bind;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.util.Calendar;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Parameters are the same part of a key only if the driver would send the same. */
final class BoundValuesTest {

  private static BoundValues of(Setter setter, @Nullable Object value, Object... extra) {
    Parameters parameters = new Parameters(1, ValueMoment.SETTER);
    parameters.set(1, setter, value, extra);
    return Objects.requireNonNull(parameters.view()).frozen();
  }

  private static void assertSame(BoundValues one, BoundValues other) {
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
  }

  @Test
  void equalValuesOfOneSetterAreEqual() {
    assertSame(of(Setter.INT, 5), of(Setter.INT, 5));
    assertSame(of(Setter.BYTES, new byte[] {1, 2}), of(Setter.BYTES, new byte[] {1, 2}));
    assertSame(of(Setter.OBJECT, LocalDate.EPOCH), of(Setter.OBJECT, LocalDate.EPOCH));
    assertSame(
        of(Setter.NULL, null, Types.INTEGER),
        of(Setter.NULL, null, Integer.valueOf(Types.INTEGER)));
  }

  @Test
  void keysOfSmallNumbersInARowHashApart() {
    Set<Integer> hashes = new HashSet<>();
    for (int warehouse = 0; warehouse < 20; warehouse++) {
      for (int district = 0; district < 10; district++) {
        for (int customer = 0; customer < 300; customer++) {
          Parameters parameters = new Parameters(3, ValueMoment.SETTER);
          parameters.set(1, Setter.INT, warehouse);
          parameters.set(2, Setter.INT, district);
          parameters.set(3, Setter.INT, customer);
          hashes.add(Objects.requireNonNull(parameters.view()).hashCode());
        }
      }
    }
    // Of so many, chance lets less than one meet another.
    assertThat(hashes).hasSizeGreaterThan(59_990);
  }

  @Test
  void aValueOfAnotherSetterClassOrScaleIsAnother() {
    assertThat(of(Setter.INT, 5)).isNotEqualTo(of(Setter.INT, 6));
    assertThat(of(Setter.INT, 5)).isNotEqualTo(of(Setter.OBJECT, 5));
    assertThat(of(Setter.OBJECT, 5)).isNotEqualTo(of(Setter.OBJECT, 5L));
    assertThat(of(Setter.BIG_DECIMAL, new BigDecimal("1.0")))
        .isNotEqualTo(of(Setter.BIG_DECIMAL, new BigDecimal("1.00")));
    assertThat(of(Setter.NULL, null, Types.INTEGER))
        .isNotEqualTo(of(Setter.NULL, null, Types.VARCHAR));
    assertThat(of(Setter.BYTES, new byte[] {1})).isNotEqualTo(of(Setter.BYTES, new byte[] {2}));
  }

  @Test
  void aDateIsAnotherInATimeZoneWithOtherRules() {
    Timestamp noon = new Timestamp(0);
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
      BoundValues berlin = of(Setter.TIMESTAMP, noon);
      BoundValues text = of(Setter.STRING, "noon");
      TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
      assertThat(of(Setter.TIMESTAMP, noon)).isNotEqualTo(berlin);
      assertThat(of(Setter.STRING, "noon")).isEqualTo(text);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void aFrozenOneSharesNothingThatCanChange() {
    byte[] bytes = {1};
    Calendar zone = Calendar.getInstance(TimeZone.getTimeZone("UTC"));
    Parameters parameters = new Parameters(2, ValueMoment.EXECUTION);
    parameters.set(1, Setter.BYTES, bytes);
    parameters.set(2, Setter.TIMESTAMP_CALENDAR, new Timestamp(0), zone);
    BoundValues frozen = Objects.requireNonNull(parameters.view()).frozen();
    BoundValues again = Objects.requireNonNull(parameters.view()).frozen();
    bytes[0] = 2;
    zone.setTimeZone(TimeZone.getTimeZone("Asia/Tokyo"));
    assertThat(frozen).isEqualTo(again);
    assertThat(parameters.view()).isNotEqualTo(frozen);
  }

  @Test
  void plainValuesAreThoseThatNothingConverts() {
    Parameters parameters = new Parameters(2, ValueMoment.SETTER);
    parameters.set(1, Setter.LONG, 5L);
    parameters.set(2, Setter.OBJECT_TYPE, "6", Types.INTEGER);
    BoundValues values = Objects.requireNonNull(parameters.view());
    assertThat(values.plainValue(1)).isEqualTo(5L);
    assertThat(values.plainValue(2)).isNull();
    assertThat(values.plainValue(3)).isNull();
  }

  @Test
  void textsCanBeLookedThrough() {
    BoundValues values = of(Setter.STRING, "dragons");
    assertThat(values.anyText(text -> text.startsWith("drag"))).isTrue();
    assertThat(values.anyText(String::isEmpty)).isFalse();
  }

  @Test
  void whatIsLongerWeighsMore() {
    assertThat(of(Setter.STRING, "x".repeat(1000)).bytes()).isGreaterThan(1000);
    assertThat(of(Setter.STRING, "x").bytes()).isLessThan(200);
    assertThat(of(Setter.BYTES, new byte[5000]).bytes()).isGreaterThan(5000);
  }
}
