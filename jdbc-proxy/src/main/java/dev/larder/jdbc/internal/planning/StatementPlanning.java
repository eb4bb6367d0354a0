package dev.larder.jdbc.internal.planning;

import dev.larder.invalidation.ChangeSet;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.SessionEffect;
import dev.larder.jdbc.internal.catalog.SearchPath;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.eligibility.StatementEffects;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.eligibility.UncacheableStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The way from a text to its plan: a text met before is one look-up, and its plan is made anew only
 * when definitions or the search path changed. Thread-safe.
 */
public final class StatementPlanning {

  private static final long ANOTHER_LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Of a question to Larder: it never runs, and if it did, it would count as anything at all. */
  public static final StatementPlan LARDERS_OWN =
      new UncacheableStatement(
          BypassReason.NOT_A_QUERY,
          "Larder answers it itself",
          false,
          new StatementEffects(
              ChangeSet.DEFINITIONS,
              true,
              true,
              List.of(new SessionEffect.Unknown("a question to Larder")),
              List.of()));

  private final DatabaseContext database;
  private final CatalogueCache catalogue;
  private final StatementPlanner planner;

  public StatementPlanning(
      DatabaseContext database, CatalogueCache catalogue, StatementPlanner planner) {
    this.database = database;
    this.catalogue = catalogue;
    this.planner = planner;
  }

  /** What is known of a text. */
  public CachedStatement know(String sql) {
    return database.texts().know(sql);
  }

  /** The plan for a text in this session. */
  public StatementPlan plan(CachedStatement text, LogicalConnection connection)
      throws SQLException {
    CachedStatement.Planned latest = text.planned();
    if (latest == null && text.question() != null) {
      return LARDERS_OWN;
    }
    // What Larder reads for itself on the session's own connection would be the statement before.
    boolean undisturbed = database.tellsOfStatementBefore() && text.asksOnlyOfStatementBefore();
    SearchPath path = path(connection, undisturbed);
    boolean again = latest != null && isWorthAnotherLook(latest);
    if (latest != null && !again && latest.holdsFor(path)) {
      return latest.plan();
    }
    CatalogueVersion definitions;
    if (undisturbed) {
      definitions = catalogue.atHand();
    } else if (again) {
      definitions = catalogue.readAgain(connection);
    } else {
      definitions = catalogue.definitions(connection);
    }
    // Asked anew: what sessions begin with may be among the definitions that have changed. Where it
    // changes after this, the plan holds no more.
    path = path(connection, undisturbed);
    StatementPlan plan = planner.plan(text.analysis(), definitions, path);
    text.planned(new CachedStatement.Planned(definitions.edition(), path, plan));
    return plan;
  }

  private static SearchPath path(LogicalConnection connection, boolean undisturbed)
      throws SQLException {
    return undisturbed ? connection.session().searchPath() : connection.fingerprint().searchPath();
  }

  /** A name that the catalogue does not hold may have been created elsewhere since it was read. */
  private static boolean isWorthAnotherLook(CachedStatement.Planned planned) {
    return planned.plan().mayGetBetter()
        && System.nanoTime() - planned.definitions().readAtNanos() > ANOTHER_LOOK_NANOS;
  }

  /**
   * What a change to a table changes with it, by the catalogue.
   *
   * @param table as SQL would write it, with or without its schema
   */
  public ChangeSet changesOf(String table, LogicalConnection connection) throws SQLException {
    SearchPath path = connection.session().searchPath();
    return catalogue.definitions(connection).changes().ofTable(table, path);
  }

  /**
   * What a change to the rows of a table with that value changes, by the catalogue.
   *
   * @param table as SQL would write it, with or without its schema
   */
  public ChangeSet changesOf(
      String table, String column, Object value, LogicalConnection connection) throws SQLException {
    SearchPath path = connection.session().searchPath();
    return catalogue.definitions(connection).changes().ofRows(table, column, value, path);
  }

  /** Lets go of what is known of texts and definitions; whoever still asks begins anew. */
  public void forget() {
    database.texts().forget();
    catalogue.forget();
  }
}
