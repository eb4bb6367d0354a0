package dev.larder.spring.internal.observe;

import dev.larder.invalidation.SourceReport;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Statistics;
import dev.larder.spring.LarderDataSources;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a health endpoint shows of Larder. It is always healthy: what it cannot answer from memory
 * the database answers, whose own health says whether it can. Stateless and thread-safe.
 */
public final class HealthDetails {

  private HealthDetails() {}

  /** How each LarderDataSource does, by the name of its bean. */
  public static Map<String, Object> of(LarderDataSources dataSources) {
    Map<String, Object> details = new LinkedHashMap<>();
    dataSources.all().forEach((name, wrapped) -> details.put(name, of(wrapped.larder())));
    return details;
  }

  private static Map<String, Object> of(LarderDataSource larder) {
    Statistics counted = larder.statistics();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("hitRatio", counted.hitRatio());
    details.put("failures", counted.failures());
    Map<String, Object> sources = new LinkedHashMap<>();
    if (!larder.isClosed()) {
      for (SourceReport report : larder.invalidation().sources()) {
        sources.put(report.name(), report.state().name());
      }
    }
    if (!sources.isEmpty()) {
      details.put("sources", sources);
    }
    return details;
  }
}
