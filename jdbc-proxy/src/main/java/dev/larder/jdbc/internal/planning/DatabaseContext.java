package dev.larder.jdbc.internal.planning;

import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.invalidation.ledger.Footprint;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.jdbc.internal.analysis.SyntaxTrait;
import dev.larder.jdbc.internal.bind.ValueMoment;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.product.Product;
import dev.larder.jdbc.internal.result.driver.DriverBehavior;
import dev.larder.jdbc.internal.result.driver.registry.Drivers;
import dev.larder.jdbc.internal.session.ServerQueries;
import dev.larder.jdbc.internal.session.SessionBaseline;
import dev.larder.jdbc.internal.session.SessionRules;
import dev.larder.jdbc.internal.session.SessionTrait;
import dev.larder.jdbc.internal.session.SharedLock;
import dev.larder.jdbc.internal.settings.Settings;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is fixed about the database behind a data source, once its first connection told. Immutable
 * and thread-safe.
 *
 * @param sharedLock null where the product has none
 * @param reader null where Larder has no catalogue for the product
 * @param valueMoment when the driver takes the value of a parameter
 * @param tellsOfStatementBefore whether a statement can ask the server of the one before it:
 *     FOUND_ROWS(), warnings; every execution asks for this
 * @param unwrapped how many connections' own objects applications hold, of those that may write
 */
public record DatabaseContext(
    DatabaseIdentity identity,
    boolean isIdentified,
    SessionRules rules,
    ServerQueries server,
    @Nullable SharedLock sharedLock,
    Ledger ledger,
    TrackedFootprint definitions,
    StatementCache texts,
    @Nullable CatalogueReader reader,
    DriverBehavior answers,
    ValueMoment valueMoment,
    boolean tellsOfStatementBefore,
    AtomicInteger unwrapped) {

  /**
   * What {@code baseline} tells of the database it is a session of.
   *
   * @param product the database's product
   */
  public static DatabaseContext of(
      Product product, SessionBaseline baseline, Settings settings, Counters counters) {
    DatabaseIdentity identity = baseline.identity();
    // A database that cannot be told from others gets a ledger of its own, and nothing is stored.
    Ledger ledger =
        identity == null
            ? Ledger.unshared(new DatabaseIdentity("unknown", ""))
            : Ledger.of(identity);
    StatementCache texts =
        new StatementCache(product.syntax(), product.settingStatements(), settings, counters);
    return new DatabaseContext(
        ledger.identity(),
        identity != null,
        baseline.rules(),
        product.serverQueries(),
        product.sharedLock().orElse(null),
        ledger,
        ledger.track(Footprint.ofDefinitions()),
        texts,
        reader(product, texts, settings),
        Drivers.of(baseline.driver().name(), baseline.driver().version()),
        Drivers.valueMoment(baseline.driver().name(), baseline.driver().version()),
        baseline.rules().has(SessionTrait.TELLS_OF_LAST_STATEMENT),
        new AtomicInteger());
  }

  /** Whether it is known how far a replica has come. */
  public boolean hasReplicas() {
    return server.tellsLogPositions() && isIdentified;
  }

  /** Whether a text like "today" is read as the time of the query, out of a parameter too. */
  public boolean readsCurrentTimeFromTexts() {
    return texts.syntax().mayHave(SyntaxTrait.CURRENT_TIME_LITERALS);
  }

  private static @Nullable CatalogueReader reader(
      Product product, StatementCache texts, Settings settings) {
    FunctionDeclarations functions = FunctionDeclarations.parse(settings.functions());
    List<String> tables =
        settings.includedTables().isEmpty()
            ? List.of()
            : List.of(settings.includedTables().toString().split(", "));
    return product.catalogueReader(texts, functions, tables).orElse(null);
  }
}
