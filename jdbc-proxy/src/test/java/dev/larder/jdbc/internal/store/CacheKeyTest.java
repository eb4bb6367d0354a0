package dev.larder.jdbc.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.session.Fingerprint;
import org.junit.jupiter.api.Test;

/** A key is another's only if session, statement, literals, shape and parameters are. */
final class CacheKeyTest {

  private static final CacheKey KEY = Keys.key("ada", "select ?", "x");

  @Test
  void whatIsAlikeIsOneKey() {
    CacheKey same = Keys.key("ada", "select ?", "x");
    assertThat(same).isEqualTo(KEY).hasSameHashCodeAs(KEY);
    assertThat(same.frozen()).isEqualTo(KEY);
  }

  @Test
  void whatDiffersInOnePartIsAnother() {
    assertThat(Keys.key("bob", "select ?", "x")).isNotEqualTo(KEY);
    assertThat(Keys.key("ada", "select  ?", "x")).isNotEqualTo(KEY);
    assertThat(Keys.key("ada", "select ?", "y")).isNotEqualTo(KEY);
    StatementKey one = Keys.statement("ada", "select $1", "1");
    assertThat(Keys.statement("ada", "select $1", "2")).isNotEqualTo(one);
    assertThat(Keys.statement("ada", "select $1", "1")).isEqualTo(one);
    ResultShape shape = ResultShape.PLAIN.withMaxRows(10);
    assertThat(one.isBy(Keys.session("ada"), ResultShape.PLAIN)).isTrue();
    assertThat(one.isBy(Keys.session("ada"), shape)).isFalse();
    assertThat(one.isBy(Keys.session("bob"), ResultShape.PLAIN)).isFalse();
  }

  @Test
  void anEqualFingerprintCanTakeTheKeysPlace() {
    Fingerprint shared = Keys.session("ada");
    CacheKey sharing = KEY.withFingerprint(shared);
    assertThat(sharing).isEqualTo(KEY);
    assertThat(sharing.fingerprint()).isSameAs(shared);
    assertThat(sharing.withFingerprint(shared)).isSameAs(sharing);
  }

  @Test
  void aLongerKeyWeighsMore() {
    CacheKey longer =
        new CacheKey(Keys.statement("ada", "x".repeat(5000), "y".repeat(300)), BoundValues.NONE);
    assertThat(longer.bytes()).isGreaterThan(5300);
    assertThat(KEY.bytes()).isBetween(100L, 500L);
  }
}
