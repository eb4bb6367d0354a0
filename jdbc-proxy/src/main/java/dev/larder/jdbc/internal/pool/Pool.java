package dev.larder.jdbc.internal.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.larder.jdbc.internal.settings.PoolSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The physical connections of one database: Larder's own HikariCP pool, or a pool that the
 * application brought. Thread-safe.
 *
 * <p>Nothing is opened before the first {@link #borrow()}, so that a database that is down shows
 * there, and nothing of a pool that the application brought is ever closed.
 *
 * @param <P> what is known of a connection
 */
public final class Pool<P> implements AutoCloseable {
  /**
   * How many connections of the application's pool may fail to tell what they are, for one loan.
   */
  private static final int MOST_TRIED = 3;

  /** With a larger part of its connections lent, the database has enough to do. */
  private static final double BUSY = 0.7;

  private static final AtomicInteger OPENED = new AtomicInteger();

  private final DataSource lender;
  private final @Nullable PhysicalDataSource<P> physical;
  private final @Nullable HikariDataSource owned;
  private final @Nullable HikariDataSource hikari;
  private final ConnectionProfiler<P> profiler;
  private final WeakIdentityMap<Connection, P> profiles = new WeakIdentityMap<>();
  private final BiConsumer<Connection, P> memory = profiles::put;
  private final Unpooled<P> unpooled;
  private final ConnectionReturn back;
  private final @Nullable PoolSizer sizer;
  private final LongAdder borrows = new LongAdder();
  private final LongAdder returns = new LongAdder();
  private final AtomicInteger lent = new AtomicInteger();
  private volatile boolean hasLentApart;
  private volatile boolean closed;

  /**
   * @param settings how a pool of Larder's own behaves; without effect where the origin is a pool
   */
  public Pool(Origin origin, PoolSettings settings, ConnectionProfiler<P> profiler) {
    this.profiler = profiler;
    this.unpooled = new Unpooled<>(origin, profiler);
    if (origin instanceof Origin.Given given) {
      physical = null;
      owned = null;
      lender = given.dataSource();
      hikari = KnownDataSources.hikari(lender);
    } else {
      physical = new PhysicalDataSource<>(origin, profiler, profiles).untried();
      owned = hikari(physical, settings, ReadOnlyOrigin.is(origin));
      lender = owned;
      hikari = owned;
    }
    back = new Counted(hikari == null ? new ForeignReturn() : new HikariReturn(hikari));
    sizer =
        owned != null && settings.adaptive().isOn()
            ? new PoolSizer(owned, settings, returns::sum, this::serverCapacity)
            : null;
    if (sizer != null) {
      sizer.start();
    }
  }

  private static HikariDataSource hikari(
      DataSource physical, PoolSettings settings, boolean readOnly) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("larder-" + OPENED.incrementAndGet());
    config.setDataSource(physical);
    // HikariCP tells each connection what it is; the driver's own word for it would be lost.
    config.setReadOnly(readOnly);
    config.setInitializationFailTimeout(-1);
    config.setMaximumPoolSize(settings.initialSize());
    config.setMinimumIdle(settings.minimumIdle());
    config.setConnectionTimeout(settings.waits().connection().toMillis());
    config.setIdleTimeout(settings.lifetimes().idle().toMillis());
    config.setMaxLifetime(settings.lifetimes().most().toMillis());
    config.setKeepaliveTime(settings.lifetimes().keepalive().toMillis());
    config.setValidationTimeout(settings.waits().validation().toMillis());
    config.setLeakDetectionThreshold(settings.waits().leakDetection().toMillis());
    config.setExceptionOverride(new RefusedFeatures());
    // Built this way HikariCP starts, and begins to fill up, with the first borrow only.
    HikariDataSource pool = new HikariDataSource();
    config.copyStateTo(pool);
    return pool;
  }

  /**
   * Lends a connection, waiting for one as long as the settings allow.
   *
   * @throws SQLException if none could be had in time, with the driver's own exception as a cause
   *     where there is one; 08003 if this pool is closed
   */
  public PhysicalConnection<P> borrow() throws SQLException {
    return borrow(new Acquisition());
  }

  /**
   * Lends a connection as {@link #borrow()} does, to a caller whose wait another thread may end.
   *
   * <p>The wait in a pool that is not known to bear it goes on; what it brings is given to the
   * caller all the same.
   */
  public PhysicalConnection<P> borrow(Acquisition wait) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      Connection connection = lent(wait);
      borrows.increment();
      lent.incrementAndGet();
      try {
        Connection own = PhysicalIdentity.of(connection);
        return new PhysicalConnection<>(connection, own, profile(connection, own), memory, back);
      } catch (SQLException failure) {
        back.discard(connection);
        if (attempt == MOST_TRIED || wait.isEnded()) {
          throw failure;
        }
      } catch (RuntimeException | Error failure) {
        back.discard(connection);
        throw failure;
      }
    }
  }

  private Connection lent(Acquisition wait) throws SQLException {
    requireOpen();
    Connection connection;
    try {
      connection = lender == hikari ? wait.from(lender) : lender.getConnection();
    } catch (SQLException | RuntimeException failure) {
      requireOpen();
      throw withState(failure);
    }
    if (connection == null) {
      throw new SQLNonTransientConnectionException("the DataSource gave no connection", "08001");
    }
    if (physical != null) {
      physical.proven();
    }
    return connection;
  }

  private static SQLException withState(Exception failure) {
    if (failure.getCause() instanceof InterruptedException) {
      return new SQLTransientConnectionException(
          "the thread was interrupted while it waited for a connection", "08001", failure);
    }
    return failure instanceof SQLException sql
        ? sql
        : new SQLNonTransientConnectionException("no connection could be had", "08001", failure);
  }

  /**
   * Opens a connection of its own for these credentials, which is closed when it is given back.
   *
   * @throws SQLException as the database refuses the credentials; 0A000 where the origin is not
   *     known to open connections, because many pools ignore the credentials and lend what they
   *     have
   */
  public PhysicalConnection<P> connectAs(String user, @Nullable String password)
      throws SQLException {
    requireOpen();
    PhysicalConnection<P> connection = unpooled.connect(user, password);
    hasLentApart = true;
    borrows.increment();
    return connection;
  }

  /**
   * Opens a connection with the configured credentials and closes it again, to see whether the
   * database takes them.
   *
   * @throws SQLException the driver's own, at once
   */
  public void verify() throws SQLException {
    requireOpen();
    unpooled.connect().release();
  }

  /**
   * A connection beside the pool's, which is closed when it is given back; where the origin is a
   * pool, one of its.
   *
   * @throws SQLException the driver's own, at once
   */
  public PhysicalConnection<P> openApart() throws SQLException {
    requireOpen();
    return unpooled.connect();
  }

  /** Closes the connections that wait to be lent, for a server that is gone. */
  public void dropIdle() {
    HikariPoolMXBean bean = bean();
    if (bean != null) {
      bean.softEvictConnections();
    }
  }

  private P profile(Connection connection, Connection physical) throws SQLException {
    P profile = profiles.get(physical);
    if (profile == null) {
      profile = profiler.profile(connection);
      profiles.put(physical, profile);
    }
    return profile;
  }

  /** How many connections have been lent so far, those of {@link #connectAs} included. */
  public long borrows() {
    return borrows.sum();
  }

  /** How many connections of the pool are on loan; of a pool other than HikariCP, to us. */
  public int active() {
    HikariPoolMXBean bean = bean();
    return bean == null ? lent.get() : bean.getActiveConnections();
  }

  /** Whether any connection may be on loan; those of {@link #connectAs} are not followed. */
  public boolean hasLent() {
    return hasLentApart || lent.get() > 0;
  }

  /** How many connections wait to be lent; 0 where the pool does not say. */
  public int idle() {
    HikariPoolMXBean bean = bean();
    return bean == null ? 0 : bean.getIdleConnections();
  }

  /** How many connections are open; of a pool other than HikariCP, on loan to us. */
  public int total() {
    HikariPoolMXBean bean = bean();
    return bean == null ? lent.get() : bean.getTotalConnections();
  }

  /** How many connections may be open at most; 0 where the pool does not say. */
  public int maximum() {
    return hikari == null ? 0 : hikari.getMaximumPoolSize();
  }

  /** How many callers wait for a connection; 0 where the pool does not say. */
  public int waiting() {
    HikariPoolMXBean bean = bean();
    return bean == null ? 0 : bean.getThreadsAwaitingConnection();
  }

  /**
   * Whether a connection can be lent that nobody will miss: no caller waits, and one more is free.
   * Of a pool that does not say, whether none is lent.
   */
  public boolean hasSpare() {
    HikariPoolMXBean bean = bean();
    if (bean == null) {
      return lent.get() == 0;
    }
    return bean.getThreadsAwaitingConnection() == 0 && maximum() - bean.getActiveConnections() >= 2;
  }

  /** Whether there is one to spare and most of the others are free as well. */
  public boolean isCalm() {
    return hasSpare() && active() <= BUSY * maximum();
  }

  /**
   * Why it was tried in vain to connect since that time of {@link System#nanoTime()}; null where it
   * was not, or that is another pool's business.
   */
  public @Nullable SQLException refusalSince(long nanos) {
    return physical == null ? null : physical.refusalSince(nanos);
  }

  /** How many times the maximum was changed. */
  public long sizeChanges() {
    return sizer == null ? 0 : sizer.decisions();
  }

  /** Why the maximum is what it is. */
  public String sizeReason() {
    return sizer == null ? "it is fixed" : sizer.reason();
  }

  private ServerCapacity serverCapacity() throws SQLException {
    PhysicalConnection<P> asking = openApart();
    try {
      return new ServerCapacity(Math.max(0, profiler.freeConnections(asking.connection())));
    } finally {
      asking.release();
    }
  }

  /** Whether there are more connections than there should be. */
  private boolean hasTooMany() {
    HikariPoolMXBean bean = sizer == null ? null : bean();
    return bean != null && bean.getTotalConnections() > maximum();
  }

  private @Nullable HikariPoolMXBean bean() {
    return hikari == null ? null : hikari.getHikariPoolMXBean();
  }

  public boolean isClosed() {
    return closed;
  }

  /**
   * Says so if this pool is closed.
   *
   * @throws SQLException 08003 if it is
   */
  public void requireOpen() throws SQLException {
    if (closed) {
      throw new SQLNonTransientConnectionException("this LarderDataSource is closed", "08003");
    }
  }

  /** Lends no more, and closes the connections of a pool that is Larder's own. */
  @Override
  public void close() {
    closed = true;
    if (sizer != null) {
      sizer.close();
    }
    if (owned != null) {
      owned.close();
    }
  }

  /** Counts what comes back. */
  private final class Counted implements ConnectionReturn {
    private final ConnectionReturn back;

    Counted(ConnectionReturn back) {
      this.back = back;
    }

    @Override
    public boolean isOfOwnPool() {
      return owned != null;
    }

    @Override
    public void release(Connection connection) throws SQLException {
      lent.decrementAndGet();
      returns.increment();
      if (hasTooMany()) {
        // Nobody uses it any more: the moment for a pool that shrinks to close it.
        forget(connection);
        back.discard(connection);
      } else {
        back.release(connection);
      }
    }

    @Override
    public void discard(Connection connection) {
      lent.decrementAndGet();
      returns.increment();
      forget(connection);
      back.discard(connection);
    }

    private void forget(Connection connection) {
      try {
        profiles.remove(PhysicalIdentity.of(connection));
      } catch (SQLException | RuntimeException unknown) {
        // It is forgotten with the connection itself.
      }
    }
  }
}
