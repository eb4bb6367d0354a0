package dev.larder.jdbc.internal.datasource;

import dev.larder.jdbc.internal.admission.AdmissionPolicy;
import dev.larder.jdbc.internal.ahead.HotAnswers;
import dev.larder.jdbc.internal.connection.PhysicalConnections;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.observe.TableChanges;
import dev.larder.jdbc.internal.pin.PinnedTables;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.pool.Pool;
import dev.larder.jdbc.internal.prefetch.Prefetcher;
import dev.larder.jdbc.internal.route.Router;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.SessionProfiler;
import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.jdbc.internal.store.AnswerStore;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one data source that need no database to be made. Immutable and thread-safe, as each
 * part is.
 *
 * @param router sends reads to replicas; null where there are none
 * @param hot what is loaded before it is asked for; null where nothing is
 * @param pins tables that are in memory as a whole; null where none is
 * @param prefetcher what connections are about to ask for; null where nothing is loaded for that
 * @param profiler what the pool asks its connections with
 */
record DataSourceParts(
    Settings settings,
    Counters counters,
    Pool<PhysicalProfile> pool,
    SessionProfiler profiler,
    @Nullable Router router,
    Sources sources,
    AnswerStore store,
    @Nullable HotAnswers hot,
    @Nullable PinnedTables pins,
    @Nullable Prefetcher prefetcher,
    AdmissionPolicy admissions,
    ChangeListeners listeners,
    TableChanges changes) {

  /** Connections for questions of Larder's own. */
  PhysicalConnections connections() {
    return new PhysicalConnections() {
      @Override
      public PhysicalConnection<PhysicalProfile> borrow() throws SQLException {
        return pool.borrow();
      }

      @Override
      public boolean isClosed() {
        return pool.isClosed();
      }
    };
  }
}
