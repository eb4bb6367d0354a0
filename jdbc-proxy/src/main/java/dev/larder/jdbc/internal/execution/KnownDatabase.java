package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.DatabaseIdentity;
import dev.larder.invalidation.Footprint;
import dev.larder.invalidation.Ledger;
import dev.larder.invalidation.TrackedFootprint;
import dev.larder.jdbc.internal.analysis.Dialect;
import dev.larder.jdbc.internal.analysis.SqlAnalyzer;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.result.DriverAnswers;
import dev.larder.jdbc.internal.session.SessionBaseline;
import org.jspecify.annotations.Nullable;

/**
 * What is fixed about the database behind a data source, once its first connection told. Immutable
 * and thread-safe.
 *
 * @param reader null where Larder has no catalogue for the product
 */
public record KnownDatabase(
    DatabaseIdentity identity,
    boolean isIdentified,
    Dialect dialect,
    Ledger ledger,
    TrackedFootprint definitions,
    SqlAnalyzer analyzer,
    @Nullable CatalogueReader reader,
    DriverAnswers answers) {

  static KnownDatabase of(
      SessionBaseline baseline, SqlAnalyzer analyzer, @Nullable CatalogueReader reader) {
    DatabaseIdentity identity = baseline.identity();
    // A database that cannot be told from others gets a ledger of its own, and nothing is stored.
    Ledger ledger =
        identity == null
            ? Ledger.unshared(new DatabaseIdentity("unknown", ""))
            : Ledger.of(identity);
    return new KnownDatabase(
        ledger.identity(),
        identity != null,
        baseline.dialect(),
        ledger,
        ledger.track(Footprint.ofDefinitions()),
        analyzer,
        reader,
        DriverAnswers.of(baseline.driverName()));
  }
}
