package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.NativeImageMetadata;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whatever is looked up by its name is in the metadata for native images, and can be found. */
final class NativeImageMetadataTest {

  /** For what libraries look up by name, not Larder. */
  private static final Set<String> OF_LIBRARIES =
      Set.of(
          "com.zaxxer.hikari.HikariConfig",
          "dev.larder.jdbc.internal.store.BoundedCache",
          "dev.larder.jdbc.internal.store.CostClass");

  @Test
  void everyLookUpHasItsEntries() throws IOException {
    NativeImageMetadata metadata = NativeImageMetadata.of("jdbc-proxy");
    TreeSet<String> conditions = metadata.conditions();
    conditions.removeAll(OF_LIBRARIES);
    assertThat(conditions).isEqualTo(metadata.askers());
  }

  @Test
  void everyEntryIsThere() throws IOException {
    assertThat(NativeImageMetadata.of("jdbc-proxy").absent())
        .as("with what other releases and pools have")
        .containsExactlyElementsOf(
            List.of(
                "org.apache.tomcat.jdbc.pool.PooledConnection",
                "org.mariadb.jdbc.client.impl.StandardReadableByteBuf"));
  }
}
