package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.link.DatabaseLink;
import dev.larder.hibernate.internal.link.DependencyResolver;
import dev.larder.hibernate.internal.link.ResolvedDependencies;
import dev.larder.hibernate.internal.link.TableDependencies;
import dev.larder.hibernate.internal.session.SessionState;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.cache.spi.support.StorageAccess;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * When each query space was last written, for Hibernate's own check of query results. Thread-safe.
 *
 * <p>Above a Larder DataSource it says "never": results carry stamps there. Without one it joins
 * what Hibernate announces before and after each transaction with what the hooks were told.
 */
final class UpdateTimestamps implements StorageAccess {

  /** What Hibernate adds to a position to say "from now on, until I say otherwise". */
  static final long UNTIL_TOLD = 1L << 50;

  private final DatabaseLink link;
  private final ConcurrentMap<Object, Space> spaces = new ConcurrentHashMap<>();

  private final class Space {
    final DependencyResolver dependency;
    final AtomicInteger open = new AtomicInteger();
    final AtomicLong lastWrite = new AtomicLong(link.tick());

    Space(String name) {
      TableDependencies tables = TableDependencies.ofTable(name);
      dependency = new DependencyResolver(link, "query space " + name, () -> tables);
    }

    void close() {
      long now = link.tick();
      lastWrite.accumulateAndGet(now, Math::max);
      open.decrementAndGet();
    }
  }

  /** Which spaces a session has opened, by its state. */
  private final Map<SessionState, Set<Object>> opened = new WeakHashMap<>();

  UpdateTimestamps(DatabaseLink link) {
    this.link = link;
  }

  @Override
  public @Nullable Object getFromCache(Object key, SharedSessionContractImplementor session) {
    if (link.isShared()) {
      return 0L;
    }
    Space space = space(key);
    ResolvedDependencies resolved = space.dependency.find(null);
    if (resolved == null || space.open.get() > 0) {
      return Long.MAX_VALUE;
    }
    return Math.max(space.lastWrite.get(), resolved.footprint().lastMove());
  }

  @Override
  public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
    if (link.isShared()) {
      return;
    }
    SessionState state = SessionState.of(session);
    Space space = space(key);
    if ((Long) value >= UNTIL_TOLD && state.isInTransaction()) {
      if (open(state, key)) {
        space.open.incrementAndGet();
        state.atCompletion(() -> close(state, key, space));
      }
    } else {
      space.lastWrite.accumulateAndGet(link.tick(), Math::max);
      close(state, key, space);
    }
  }

  private Space space(Object key) {
    return spaces.computeIfAbsent(key, name -> new Space(name.toString()));
  }

  private boolean open(SessionState state, Object key) {
    synchronized (opened) {
      return opened.computeIfAbsent(state, s -> new HashSet<>()).add(key);
    }
  }

  private void close(SessionState state, Object key, Space space) {
    boolean held;
    synchronized (opened) {
      Set<Object> own = opened.get(state);
      held = own != null && own.remove(key);
    }
    if (held) {
      space.close();
    }
  }

  @Override
  public boolean contains(Object key) {
    return spaces.containsKey(key);
  }

  @Override
  public void evictData() {
    // When a space was written must not be forgotten: results would count as fresh.
    spaces.values().forEach(space -> space.lastWrite.accumulateAndGet(link.tick(), Math::max));
  }

  @Override
  public void evictData(Object key) {
    space(key).lastWrite.accumulateAndGet(link.tick(), Math::max);
  }

  @Override
  public void release() {
    spaces.clear();
  }
}
