package dev.larder.jdbc.internal.source;

import dev.larder.invalidation.ledger.Reach;
import dev.larder.invalidation.source.SourceSession;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's LISTEN and NOTIFY, with triggers that notify. Used by one thread, but for {@link
 * #definitionsChanged()}.
 */
public final class Notifications implements SourceOfTables {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final PostgresTarget target;
  private final PostgresIdentity identity;
  private final NotifyTriggers triggers;
  private final Reported cells;
  private final AtomicBoolean reachMayDiffer = new AtomicBoolean();

  /**
   * @param cells what a change to a table changes in the ledger
   */
  public Notifications(
      PostgresTarget target, PostgresIdentity identity, NotifyTriggers triggers, Reported cells) {
    this.target = target;
    this.identity = identity;
    this.triggers = triggers;
    this.cells = cells;
  }

  @Override
  public String name() {
    return "notifications";
  }

  @Override
  public void definitionsChanged() {
    reachMayDiffer.set(true);
  }

  @Override
  public SourceSession connect() throws Exception {
    Connection sql = target.open("listener");
    boolean connected = false;
    try {
      identity.check(sql);
      @Nullable String warning = triggers.ensure(sql);
      String marks =
          NotifyTriggers.CHANNEL + "_" + HexFormat.of().formatHex(RANDOM.generateSeed(8));
      try (Statement statement = sql.createStatement()) {
        statement.execute("LISTEN " + NotifyTriggers.CHANNEL);
        statement.execute("LISTEN " + marks);
      }
      reachMayDiffer.set(false);
      Reach reach = triggers.reach(sql);
      connected = true;
      return new NotifySession(
          sql, marks, new ReportedTables(cells, reach, reachMayDiffer, this::sameReach), warning);
    } finally {
      if (!connected) {
        SourceTarget.close(sql);
      }
    }
  }

  private boolean sameReach(Connection sql, Reach reach) throws SQLException {
    try {
      triggers.ensure(sql);
    } catch (SourceException gone) {
      return false;
    }
    return triggers.reach(sql).equals(reach);
  }
}
