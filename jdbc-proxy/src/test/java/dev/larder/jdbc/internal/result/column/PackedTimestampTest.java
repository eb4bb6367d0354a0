package dev.larder.jdbc.internal.result.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A timestamp that packs is written again as the server wrote it. */
final class PackedTimestampTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-05-06 07:08:09",
        "2024-05-06 07:08:09.1",
        "2024-05-06 07:08:09.000001",
        "0001-01-01 00:00:00",
        "4095-12-31 23:59:59.999999",
        "2024-05-06 07:08:09+00",
        "2024-05-06 07:08:09.5-03:30",
        "2024-05-06 07:08:09+14"
      })
  void whatPacksIsWrittenAgain(String text) {
    long packed = PackedTimestamp.pack(text);
    assertThat(packed).isNotEqualTo(PackedTimestamp.UNPACKABLE);
    assertThat(PackedTimestamp.text(packed)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "infinity",
        "2024-05-06",
        "4096-01-01 00:00:00",
        "10000-01-01 00:00:00",
        "0044-03-15 12:00:00 BC",
        "2024-05-06 07:08:09.1234567",
        "2024-05-06 07:08:09.",
        "2024-05-06 07:08:09+05:45",
        "2024-05-06 07:08:09+15",
        "2024-05-06T07:08:09",
        "2024-0x-06 07:08:09"
      })
  void anythingElseDoesNotPack(String text) {
    assertThat(PackedTimestamp.pack(text)).isEqualTo(PackedTimestamp.UNPACKABLE);
  }

  @Test
  void theFieldsAreThoseOfTheTime() {
    Random random = new Random(20_261_129);
    for (int i = 0; i < 1_000; i++) {
      LocalDateTime time =
          LocalDateTime.ofEpochSecond(
              (long) (random.nextDouble() * 4e9), random.nextInt(1_000_000) * 1000, ZoneOffset.UTC);
      long packed = PackedTimestamp.pack(time, 1800);
      assertThat(PackedTimestamp.hasOffset(packed)).isTrue();
      assertThat(PackedTimestamp.offset(packed)).isEqualTo(1800);
      assertThat(PackedTimestamp.epochMillisAtUtc(packed))
          .isEqualTo(time.toInstant(ZoneOffset.UTC).toEpochMilli());
      assertThat(PackedTimestamp.micros(packed)).isEqualTo(time.getNano() / 1000);
      assertThat(PackedTimestamp.hasOffset(PackedTimestamp.pack(time))).isFalse();
    }
  }

  @Test
  void aColumnOfFixedDigitsShowsThemAll() {
    long packed = PackedTimestamp.pack("2024-05-06 07:08:09.5");
    assertThat(PackedTimestamp.text(packed, 0)).isEqualTo("2024-05-06 07:08:09");
    assertThat(PackedTimestamp.text(packed, 3)).isEqualTo("2024-05-06 07:08:09.500");
    assertThat(PackedTimestamp.text(packed, 6)).isEqualTo("2024-05-06 07:08:09.500000");
  }
}
