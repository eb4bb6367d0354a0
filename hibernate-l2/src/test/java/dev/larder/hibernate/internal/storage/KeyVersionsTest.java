package dev.larder.hibernate.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One word per version: when the key last changed, and how many writes are under way. */
final class KeyVersionsTest {

  private final KeyVersions versions = new KeyVersions();

  @Test
  void aWriteOpensAVersionAndItsEndMovesIt() {
    assertThat(KeyVersions.isOpen(versions.open(3, 10))).isTrue();
    long closed = versions.close(3, 12);
    assertThat(KeyVersions.isOpen(closed)).isFalse();
    assertThat(KeyVersions.version(closed)).isEqualTo(12);
  }

  @Test
  void severalWritesAreAllWaitedFor() {
    versions.open(3, 10);
    versions.open(3, 11);
    assertThat(KeyVersions.count(versions.word(3))).isEqualTo(2);
    assertThat(KeyVersions.isOpen(versions.close(3, 12))).isTrue();
    assertThat(KeyVersions.isOpen(versions.close(3, 13))).isFalse();
  }

  @Test
  void aVersionNeverGoesBack() {
    versions.move(3, 20);
    assertThat(KeyVersions.version(versions.move(3, 10))).isEqualTo(20);
    assertThat(KeyVersions.version(versions.open(3, 15))).isEqualTo(20);
  }

  @Test
  void endingWhatNeverBeganIsHarmless() {
    assertThat(KeyVersions.isOpen(versions.close(3, 10))).isFalse();
  }

  @Test
  void moreWritesThanCanBeCountedStayOpenForEver() {
    for (int i = 0; i < 1 << 16; i++) {
      versions.open(3, 1);
    }
    assertThat(KeyVersions.version(versions.word(3))).isEqualTo(1);
    for (int i = 0; i < 1 << 16; i++) {
      versions.close(3, 2);
    }
    assertThat(KeyVersions.isOpen(versions.word(3))).isTrue();
  }

  @Test
  void otherKeysAreLeftAlone() {
    versions.open(3, 10);
    assertThat(versions.word(4)).isZero();
  }
}
