package dev.larder.jdbc.internal.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.result.column.LongValues;
import dev.larder.jdbc.internal.result.column.Values;
import org.junit.jupiter.api.Test;

/**
 * The second part of H2's timestamps ends with the last row that has one: an answer whose last row
 * had none could be written and not be read.
 */
class ValuesCodecTest {

  @Test
  void whatAPartLeavesOutAtItsEndIsNull() throws MalformedValueException {
    LongValues part = new LongValues();
    part.add(7);
    part.addNull();
    part.add(9);
    part.trim();
    TierOutput bytes = new TierOutput();

    assertThat(ValuesCodec.write(part, 5, bytes)).isTrue();

    TierInput from = new TierInput(bytes.toBytes());
    Values read = ValuesCodec.read(ValuesCodec.kind(part), 5, from);
    assertThat(from.isAtEnd()).isTrue();
    assertThat(read.size()).isEqualTo(5);
    assertThat(read)
        .isInstanceOfSatisfying(
            LongValues.class,
            values -> {
              assertThat(values.get(0)).isEqualTo(7);
              assertThat(values.get(2)).isEqualTo(9);
            });
    assertThat(read.isNull(1)).isTrue();
    assertThat(read.isNull(3)).isTrue();
    assertThat(read.isNull(4)).isTrue();
  }
}
