package dev.larder.jdbc.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Equal parts are one object and weigh once, as long as somebody uses them. */
final class SharedPartsTest {

  private final SharedParts<String> parts = new SharedParts<>(part -> 1_000L * part.length());

  /** Each call makes another object. */
  private static String part(String text) {
    return new StringBuilder(text).toString();
  }

  @Test
  void equalPartsAreOneAndWeighOnce() {
    String first = parts.acquire(part("ab"));
    long once = parts.bytes();
    assertThat(parts.acquire(part("ab"))).isSameAs(first);
    assertThat(parts.bytes()).isEqualTo(once).isBetween(2_000L, 2_200L);
  }

  @Test
  void whatNobodyUsesWeighsNothing() {
    parts.acquire("ab");
    parts.acquire("ab");
    parts.release("ab");
    assertThat(parts.bytes()).isPositive();
    parts.release("ab");
    assertThat(parts.bytes()).isZero();
    parts.release("ab");
    assertThat(parts.bytes()).isZero();
  }
}
