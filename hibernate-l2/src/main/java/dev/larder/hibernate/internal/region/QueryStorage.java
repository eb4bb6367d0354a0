package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.link.DatabaseLink;
import dev.larder.hibernate.internal.link.DependencyResolver;
import dev.larder.hibernate.internal.session.SelectRecord;
import dev.larder.hibernate.internal.session.SessionState;
import dev.larder.hibernate.internal.storage.RegionStore;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.Footprint;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.Stamp;
import dev.larder.invalidation.ledger.TrackedFootprint;
import dev.larder.invalidation.ledger.WatchedSession;
import java.util.LinkedHashSet;
import java.util.Set;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * The results of queries. Thread-safe.
 *
 * <p>Above a Larder DataSource a result carries the stamp of every table that the statements which
 * produced it read, by Larder's own analysis: views, functions and native SQL included, and what
 * cannot be analysed is not kept. Without one, Hibernate's query spaces decide by {@link
 * UpdateTimestamps}.
 */
final class QueryStorage extends RegionStoreAccess {

  private final DatabaseLink link;
  private final QueryRows rows;

  /**
   * @param result what Hibernate keeps
   * @param changeable whether it holds objects that each session needs for itself
   * @param footprint what it follows from; null without a Larder DataSource
   */
  private record Answer(Object result, boolean changeable, @Nullable TrackedFootprint footprint) {}

  QueryStorage(DatabaseLink link, RegionStore store, QueryRows rows) {
    super(store);
    this.link = link;
    this.rows = rows;
  }

  @Override
  public @Nullable Object getFromCache(Object key, SharedSessionContractImplementor session) {
    SessionState state = SessionState.of(session);
    Answer found = (Answer) store.find(key, state.position());
    if (found != null
        && !state.needsDatabase()
        && (found.footprint() == null || !found.footprint().footprint().isMetBy(state.differs()))) {
      Object result = found.changeable() ? rows.copy(found.result()) : found.result();
      if (result != null) {
        return result;
      }
    }
    SelectRecord.begin(state, key);
    return null;
  }

  @Override
  public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
    SessionState state = SessionState.of(session);
    Set<String> texts = SelectRecord.end(state, key);
    Ledger ledger = link.ledger();
    Object own = ledger == null ? null : rows.copy(value);
    if (ledger == null || own == null) {
      return;
    }
    boolean changeable = own != value;
    if (!link.isShared()) {
      store.putAnswer(
          key, new Answer(own, changeable, null), null, state.position(), state.readAtNanos());
      return;
    }
    WatchedSession watched = state.watched();
    if (watched == null || texts.isEmpty()) {
      return;
    }
    Set<TableName> tables = new LinkedHashSet<>();
    for (String text : texts) {
      TrackedFootprint footprint = watched.footprint(text);
      if (footprint == null) {
        return;
      }
      tables.addAll(DependencyResolver.tables(footprint));
    }
    TrackedFootprint footprint = ledger.track(Footprint.of(tables, Set.of()));
    Stamp stamp = footprint.stamp();
    if (footprint.unmovedSince(state.position())
        && !footprint.footprint().isMetBy(state.differs())) {
      store.putAnswer(
          key,
          new Answer(own, changeable, footprint),
          stamp,
          state.position(),
          state.readAtNanos());
    }
  }
}
