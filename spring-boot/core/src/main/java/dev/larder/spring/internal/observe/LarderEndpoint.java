package dev.larder.spring.internal.observe;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.Explanation;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Statistics;
import dev.larder.spring.LarderDataSources;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * The actuator endpoint {@code larder}: what each LarderDataSource does, what it does with a text,
 * and what is to be forgotten. Shows no bind value. Thread-safe.
 */
@Endpoint(id = "larder")
public final class LarderEndpoint {

  /*
   * Parameters that may be missing carry Spring's own annotation: Boot 3.5 knows no other.
   */

  private final LarderDataSources dataSources;

  public LarderEndpoint(LarderDataSources dataSources) {
    this.dataSources = dataSources;
  }

  /** What every one of them does, by the names of their beans. */
  @ReadOperation
  public Map<String, Map<String, Object>> status() {
    Map<String, Map<String, Object>> all = new TreeMap<>();
    dataSources.all().forEach((name, wrapped) -> all.put(name, status(wrapped.larder())));
    return all;
  }

  /**
   * What one of them does; with a text, what it does with that. Null, which is "not found", where
   * there is none of the name.
   *
   * @param sql is judged and not run
   */
  @ReadOperation
  public @Nullable Map<String, Object> ask(
      @Selector String name, @org.springframework.lang.Nullable String sql) {
    LarderDataSource larder = dataSources.find(name).orElse(null);
    if (larder == null) {
      return null;
    }
    return sql == null ? status(larder) : explanation(larder, sql);
  }

  /**
   * Forgets what depends on a table, or everything.
   *
   * @param table as a statement names it; null for everything
   */
  @DeleteOperation
  public void forget(@Selector String name, @org.springframework.lang.Nullable String table) {
    LarderDataSource larder =
        dataSources
            .find(name)
            .orElseThrow(() -> new IllegalArgumentException("no LarderDataSource is " + name));
    if (table == null) {
      larder.invalidation().everything();
    } else {
      larder.invalidation().table(table);
    }
  }

  private static Map<String, Object> status(LarderDataSource larder) {
    Statistics counted = larder.statistics();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("hits", counted.hits());
    shown.put("misses", counted.misses());
    shown.put("hitRatio", counted.hitRatio());
    shown.put("joinedFlights", counted.joinedFlights());
    shown.put("bypasses", bypasses(counted));
    shown.put("writes", counted.writes());
    shown.put("invalidated", counted.invalidated());
    shown.put("evictions", counted.evictions());
    shown.put("entries", counted.entries());
    shown.put("bytes", counted.bytes());
    shown.put("statementsToDatabase", counted.statementsToDatabase());
    shown.put("failures", counted.failures());
    shown.put("pool", counted.pool());
    shown.put("replicas", counted.replicas());
    shown.put("sources", larder.isClosed() ? List.of() : larder.invalidation().sources());
    return shown;
  }

  private static Map<String, Long> bypasses(Statistics counted) {
    Map<String, Long> shown = new TreeMap<>();
    for (Map.Entry<BypassReason, Long> each : counted.bypasses().entrySet()) {
      if (each.getValue() > 0) {
        shown.put(each.getKey().name(), each.getValue());
      }
    }
    return shown;
  }

  private static Map<String, Object> explanation(LarderDataSource larder, String sql) {
    Map<String, Object> shown = new LinkedHashMap<>();
    try {
      Explanation explained = larder.explain(sql);
      shown.put("cached", explained.cached());
      BypassReason reason = explained.reason();
      if (reason != null) {
        shown.put("reason", reason.name());
      }
      shown.put("sentence", explained.toString());
      shown.put("tables", explained.tables());
      shown.put("functions", explained.functions());
      shown.put("template", explained.template());
    } catch (SQLException unavailable) {
      shown.put("unavailable", String.valueOf(unavailable.getMessage()));
    }
    return shown;
  }
}
