package dev.larder.jdbc.micrometer;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Statistics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;

/**
 * The {@linkplain Statistics statistics} of a data source as Micrometer's meters: its own {@code
 * cache.*} names, and {@code larder.*}; {@code docs/metrics.md} lists them. Thread-safe.
 *
 * <p>Needs {@code io.micrometer:micrometer-core}, which nothing else of Larder does.
 */
public final class LarderMetrics implements MeterBinder {

  private final LarderDataSource dataSource;
  private final String name;
  private final Tags tags;

  /**
   * LarderMeters of a data source, with no tags but the name.
   *
   * @param name what the tag {@code cache} says of it
   */
  public LarderMetrics(LarderDataSource dataSource, String name) {
    this(dataSource, name, Tags.empty());
  }

  /**
   * LarderMeters of a data source.
   *
   * @param name what the tag {@code cache} says of it
   * @param tags of every meter
   */
  public LarderMetrics(LarderDataSource dataSource, String name, Iterable<Tag> tags) {
    this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
    this.name = Objects.requireNonNull(name, "name");
    this.tags = Tags.of(tags);
  }

  /**
   * Registers the meters. They hold the data source weakly; one that is a bean is started, which
   * opens no connection.
   *
   * @throws IllegalStateException if the data source is closed or was configured wrongly
   */
  @Override
  public void bindTo(MeterRegistry registry) {
    // What replicas there are is known from the start on.
    dataSource.invalidation();
    new LarderMeters(dataSource, name, tags).bindTo(registry);
  }
}
