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
import dev.larder.jdbc.internal.route.Replication;
import dev.larder.jdbc.internal.session.ServerQueries;
import dev.larder.jdbc.internal.session.SessionBaseline;
import dev.larder.jdbc.internal.session.SessionRules;
import dev.larder.jdbc.internal.session.SessionTrait;
import dev.larder.jdbc.internal.session.SharedLock;
import dev.larder.jdbc.internal.settings.AnalysisSettings;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is fixed about the database behind a data source, once its first connection told. Immutable
 * and thread-safe.
 */
public final class DatabaseContext {

  private final Product product;
  private final SessionRules rules;
  private final boolean isIdentified;
  private final Ledger ledger;
  private final TrackedFootprint definitions;
  private final StatementCache texts;
  private final @Nullable CatalogueReader reader;
  private final DriverBehavior answers;
  private final ValueMoment valueMoment;
  private final boolean tellsOfStatementBefore;
  private final AtomicInteger unwrapped = new AtomicInteger();

  /**
   * What {@code baseline} tells of the database it is a session of.
   *
   * @param product the database's product
   */
  public DatabaseContext(
      Product product, SessionBaseline baseline, AnalysisSettings settings, Counters counters) {
    DatabaseIdentity identity = baseline.identity();
    String driver = baseline.driver().name();
    String version = baseline.driver().version();
    this.product = product;
    this.rules = baseline.rules();
    this.isIdentified = identity != null;
    // A database that cannot be told from others gets a ledger of its own, and nothing is stored.
    this.ledger =
        identity == null
            ? Ledger.unshared(new DatabaseIdentity("unknown", ""))
            : Ledger.of(identity);
    this.definitions = ledger.track(Footprint.ofDefinitions());
    this.texts =
        new StatementCache(product.syntax(), product.settingStatements(), settings, counters);
    this.reader = reader(product, texts, settings);
    this.answers = Drivers.of(driver, version);
    this.valueMoment = Drivers.valueMoment(driver, version);
    this.tellsOfStatementBefore = rules.has(SessionTrait.TELLS_OF_LAST_STATEMENT);
  }

  public DatabaseIdentity identity() {
    return ledger.identity();
  }

  /** Whether it can be told from others. */
  public boolean isIdentified() {
    return isIdentified;
  }

  public SessionRules rules() {
    return rules;
  }

  public ServerQueries server() {
    return product.serverQueries();
  }

  /** Null where the product has none. */
  public @Nullable SharedLock sharedLock() {
    return product.sharedLock().orElse(null);
  }

  public Ledger ledger() {
    return ledger;
  }

  /** The cell of the database's definitions. */
  public TrackedFootprint definitions() {
    return definitions;
  }

  public StatementCache texts() {
    return texts;
  }

  /** The queries that are remembered. */
  public List<KnownQuery> queries() {
    return texts.queries();
  }

  /** Null where Larder has no catalogue for the product. */
  public @Nullable CatalogueReader reader() {
    return reader;
  }

  public DriverBehavior answers() {
    return answers;
  }

  /** When the driver takes the value of a parameter. */
  public ValueMoment valueMoment() {
    return valueMoment;
  }

  /**
   * Whether a statement can ask the server of the one before it: FOUND_ROWS(), warnings; every
   * execution asks for this.
   */
  public boolean tellsOfStatementBefore() {
    return tellsOfStatementBefore;
  }

  /** How many connections' own objects applications hold, of those that may write. */
  public AtomicInteger unwrapped() {
    return unwrapped;
  }

  /** How it is told how far a replica has come, anew each time; null where it is not. */
  public @Nullable Replication replication() {
    return isIdentified ? product.replication().orElse(null) : null;
  }

  /** Whether a text like "today" is read as the time of the query, out of a parameter too. */
  public boolean readsCurrentTimeFromTexts() {
    return texts.syntax().mayHave(SyntaxTrait.CURRENT_TIME_LITERALS);
  }

  private static @Nullable CatalogueReader reader(
      Product product, StatementCache texts, AnalysisSettings settings) {
    FunctionDeclarations functions = FunctionDeclarations.parse(settings.functions());
    List<String> tables =
        settings.includedTables().isEmpty()
            ? List.of()
            : List.of(settings.includedTables().toString().split(", "));
    return product.catalogueReader(texts, functions, tables).orElse(null);
  }
}
