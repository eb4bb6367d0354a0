package dev.larder.jdbc.internal.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.internal.nodes.NodePosition;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is written with a secret is read with it, for the same name, unchanged, or not at all. */
final class TierCipherTest {

  private static final byte[] VALUE = "the rows".getBytes(StandardCharsets.UTF_8);
  private static final byte[] KEY = "the key".getBytes(StandardCharsets.UTF_8);

  private final TierCipher cipher = new TierCipher(List.of("a secret that is long"), (byte) 1);
  private final byte[] name = cipher.names(KEY)[0];

  @Test
  void whatWasSealedIsOpened() {
    assertThat(cipher.open(name, KEY, cipher.seal(name, KEY, VALUE))).isEqualTo(VALUE);
    assertThat(cipher.seal(name, KEY, VALUE)).isNotEqualTo(cipher.seal(name, KEY, VALUE));
  }

  @Test
  void nothingIsOpenedThatWasChangedAnywhere() {
    byte[] sealed = cipher.seal(name, KEY, VALUE);
    for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(cipher.open(name, KEY, changed)).as("bit %s", bit).isNull();
    }
    for (int length = 0; length < sealed.length; length++) {
      assertThat(cipher.open(name, KEY, Arrays.copyOf(sealed, length))).isNull();
    }
  }

  @Test
  void nothingIsOpenedUnderAnotherNameOrInAnotherFormat() {
    byte[] sealed = cipher.seal(name, KEY, VALUE);
    byte[] otherKey = "another key".getBytes(StandardCharsets.UTF_8);
    byte[] other = cipher.names(otherKey)[0];
    assertThat(cipher.open(other, otherKey, sealed)).isNull();
    assertThat(cipher.open(other, KEY, sealed)).isNull();
    // Even if two keys had one name.
    assertThat(cipher.open(name, otherKey, sealed)).isNull();
    TierCipher next = new TierCipher(List.of("a secret that is long"), (byte) 2);
    assertThat(next.open(name, KEY, sealed)).isNull();
    assertThat(next.isOfAnotherFormat(sealed)).isTrue();
  }

  @Test
  void secretsAreReplacedOneByOne() {
    TierCipher both =
        new TierCipher(List.of("the next secret, long", "a secret that is long"), (byte) 1);
    assertThat(both.names(KEY)[1]).isEqualTo(name);
    assertThat(both.open(name, KEY, cipher.seal(name, KEY, VALUE))).isEqualTo(VALUE);
    byte[] fresh = both.names(KEY)[0];
    assertThat(cipher.open(fresh, KEY, both.seal(fresh, KEY, VALUE))).isNull();
  }

  @Test
  void aValueOfAnySizeComesBack() throws MalformedValueException {
    Random random = new Random(7);
    NodePosition position = new NodePosition(Map.of(new UUID(1, 2), 3L, new UUID(4, 5), 6L));
    for (int size : new int[] {0, 1, 4_095, 4_096, 100_000}) {
      byte[] rows = new byte[size];
      for (int i = 0; i < size; i += 3) {
        rows[i] = (byte) random.nextInt(4);
      }
      byte[] bytes = new TierValue(position, "of then", rows).toBytes();
      TierValue read = TierValue.of(bytes, 1_000_000);
      assertThat(read.definitions()).isEqualTo("of then");
      assertThat(read.position()).isEqualTo(position);
      assertThat(read.rows()).isEqualTo(rows);
      if (size > 10_000) {
        assertThat(bytes.length).isLessThan(size / 2);
        assertThatThrownBy(() -> TierValue.of(bytes, size - 1L))
            .isInstanceOf(MalformedValueException.class);
      }
    }
  }

  @Test
  void bytesThatAreNoValueAreSaidToBeNone() {
    byte[] whole = new TierValue(new NodePosition(Map.of()), "of then", VALUE).toBytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> TierValue.of(part, 1_000_000))
          .isInstanceOf(MalformedValueException.class);
    }
  }
}
