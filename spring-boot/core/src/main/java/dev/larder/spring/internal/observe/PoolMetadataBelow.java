package dev.larder.spring.internal.observe;

import dev.larder.spring.LarderDataSources;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;

/** Says of a LarderDataSource what others say of the pool below it. Thread-safe. */
public final class PoolMetadataBelow implements DataSourcePoolMetadataProvider {

  private final LarderDataSources dataSources;
  private final ObjectProvider<DataSourcePoolMetadataProvider> others;

  public PoolMetadataBelow(
      LarderDataSources dataSources, ObjectProvider<DataSourcePoolMetadataProvider> others) {
    this.dataSources = dataSources;
    this.others = others;
  }

  @Override
  public @Nullable DataSourcePoolMetadata getDataSourcePoolMetadata(DataSource dataSource) {
    DataSource below = dataSources.below(dataSource).orElse(null);
    if (below == null) {
      return null;
    }
    for (DataSourcePoolMetadataProvider other : others) {
      DataSourcePoolMetadata metadata =
          other == this ? null : other.getDataSourcePoolMetadata(below);
      if (metadata != null) {
        return metadata;
      }
    }
    return null;
  }
}
