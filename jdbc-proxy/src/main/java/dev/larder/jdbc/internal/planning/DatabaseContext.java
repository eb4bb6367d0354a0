package dev.larder.jdbc.internal.planning;

import dev.larder.invalidation.DatabaseIdentity;
import dev.larder.invalidation.Footprint;
import dev.larder.invalidation.Ledger;
import dev.larder.invalidation.TrackedFootprint;
import dev.larder.jdbc.internal.analysis.Dialect;
import dev.larder.jdbc.internal.bind.ValueMoment;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.catalog.DeclaredCatalogue;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.result.driver.DriverBehavior;
import dev.larder.jdbc.internal.result.driver.registry.Drivers;
import dev.larder.jdbc.internal.session.SessionBaseline;
import dev.larder.jdbc.internal.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is fixed about the database behind a data source, once its first connection told. Immutable
 * and thread-safe.
 *
 * @param reader null where Larder has no catalogue for the product
 * @param valueMoment when the driver takes the value of a parameter
 * @param unwrapped how many connections' own objects applications hold, of those that may write
 */
public record DatabaseContext(
    DatabaseIdentity identity,
    boolean isIdentified,
    Dialect dialect,
    Ledger ledger,
    TrackedFootprint definitions,
    StatementCache texts,
    @Nullable CatalogueReader reader,
    DriverBehavior answers,
    ValueMoment valueMoment,
    AtomicInteger unwrapped) {

  /** What {@code baseline} tells of the database it is a session of. */
  public static DatabaseContext of(SessionBaseline baseline, Settings settings, Counters counters) {
    DatabaseIdentity identity = baseline.identity();
    // A database that cannot be told from others gets a ledger of its own, and nothing is stored.
    Ledger ledger =
        identity == null
            ? Ledger.unshared(new DatabaseIdentity("unknown", ""))
            : Ledger.of(identity);
    StatementCache texts = new StatementCache(baseline.dialect(), settings, counters);
    return new DatabaseContext(
        ledger.identity(),
        identity != null,
        baseline.dialect(),
        ledger,
        ledger.track(Footprint.ofDefinitions()),
        texts,
        reader(baseline.dialect(), texts, settings),
        Drivers.of(baseline.driver().name(), baseline.driver().version()),
        Drivers.valueMoment(baseline.driver().name(), baseline.driver().version()),
        new AtomicInteger());
  }

  /** Whether it is known how far a replica has come. */
  public boolean hasReplicas() {
    return dialect == Dialect.POSTGRESQL && isIdentified;
  }

  /** Whether a text like "today" is read as the time of the query, out of a parameter too. */
  public boolean readsCurrentTimeFromTexts() {
    return dialect == Dialect.POSTGRESQL;
  }

  /** Whether a statement can ask the server of the one before it: FOUND_ROWS(), warnings. */
  public boolean tellsOfStatementBefore() {
    return dialect == Dialect.MARIADB;
  }

  private static @Nullable CatalogueReader reader(
      Dialect dialect, StatementCache texts, Settings settings) {
    FunctionDeclarations functions = FunctionDeclarations.parse(settings.functions());
    Optional<CatalogueReader> known =
        CatalogueReader.forProduct(dialect, texts.analyzer(), functions);
    if (known.isPresent() || settings.includedTables().isEmpty()) {
      return known.orElse(null);
    }
    List<String> tables = List.of(settings.includedTables().toString().split(", "));
    return connection -> new DeclaredCatalogue(tables, functions);
  }
}
