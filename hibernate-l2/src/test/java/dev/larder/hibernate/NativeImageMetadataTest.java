package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.NativeImageMetadata;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whatever is looked up by its name is in the metadata for native images, and can be found. */
final class NativeImageMetadataTest {

  /** For what libraries look up by name, not Larder. */
  private static final Set<String> OF_LIBRARIES =
      Set.of(
          "dev.larder.hibernate.internal.region.LarderStrategies",
          "dev.larder.hibernate.internal.storage.RegionStore");

  @Test
  void everyLookUpHasItsEntries() throws IOException {
    NativeImageMetadata metadata = NativeImageMetadata.of("hibernate-l2");
    TreeSet<String> conditions = metadata.conditions();
    conditions.removeAll(OF_LIBRARIES);
    assertThat(conditions).isEqualTo(metadata.askers());
  }

  @Test
  void everyEntryIsThere() throws IOException {
    assertThat(NativeImageMetadata.of("hibernate-l2").absent()).isEmpty();
  }
}
