package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.ChangeListener;
import dev.larder.invalidation.Invalidation;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.Explanation;
import dev.larder.jdbc.Statistics;
import dev.larder.jdbc.internal.delegate.ConnectionDelegate;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.pool.Pool;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.settings.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hands out plain pooled connections. */
public final class Gateway implements AutoCloseable {
  private final Pool<PhysicalProfile> pool;

  public Gateway(Pool<PhysicalProfile> pool, Settings settings, @Nullable String whyNoCaching) {
    this.pool = pool;
  }

  public Connection connect() throws SQLException {
    return new Lent(pool.borrow());
  }

  public Connection connect(String user, @Nullable String password) throws SQLException {
    return new Lent(pool.connectAs(user, password));
  }

  public Explanation explain(String sql) throws SQLException {
    return Explanation.bypassed(BypassReason.DISABLED, "", Set.of(), Set.of(), sql);
  }

  public Statistics statistics() {
    return new Statistics(0, 0, 0, java.util.Map.of(), 0, 0, 0, 0, 0, 0, 0, pool.borrows(), 0, 0);
  }

  public Invalidation invalidation() {
    return new Invalidation() {
      @Override
      public void table(String table) {}

      @Override
      public void rows(String table, String column, Object value) {}

      @Override
      public void tag(String tag) {}

      @Override
      public void everything() {}

      @Override
      public void onChange(ChangeListener listener) {}
    };
  }

  @Override
  public void close() {
    pool.close();
  }

  private static final class Lent extends ConnectionDelegate {
    private final PhysicalConnection<PhysicalProfile> physical;

    Lent(PhysicalConnection<PhysicalProfile> physical) {
      this.physical = physical;
    }

    @Override
    protected Connection delegate() {
      return physical.connection();
    }

    @Override
    public void close() throws SQLException {
      physical.release();
    }
  }
}
