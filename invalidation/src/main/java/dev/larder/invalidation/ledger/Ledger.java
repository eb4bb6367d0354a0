package dev.larder.invalidation.ledger;

import dev.larder.invalidation.Change;
import dev.larder.invalidation.ChangeListener;
import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.AccessPath.By;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one in-memory record of changes to a database: answers "could this footprint have changed
 * since?". Thread-safe; nothing blocks but the listeners' own work and what a {@link
 * CommitAnnouncer} waits for.
 *
 * <p>The protocol: a reader takes a {@link TrackedFootprint#stamp() stamp} before its query runs
 * and keeps the answer only while the stamp {@link Stamp#isCurrent()}. A writer {@link #begin
 * begins} before COMMIT is sent and {@link OpenCommit#end() ends} after the database answered.
 */
public final class Ledger {

  /*
   * Why an unmoved stamp proves an unchanged answer. Say an answer was captured between a and b, with a stamp taken at a that was
   * not open and still current at b. No affecting commit was open at a and none began before b, so the database held one state of
   * the footprint throughout [a, b], and the answer is that state's. A commit can reach the database only after it moved its
   * cells; so while the stamp is current the database still holds that state.
   *
   * A position is the clock before a snapshot was taken. A commit that began before the position and ends after it moves its
   * cells past the position at its end; one that ended before has drawn its last tick before, and the snapshot sees it. So cells
   * that are closed and at or below the position are in the snapshot as they are in the database.
   *
   * A cell lives while a footprint, a stamp or an open commit holds it. One that is made again is younger than every commit that
   * opened the one before: those have ended, or they would hold it, and the clock has passed their ticks. A stamp of rows holds its
   * footprint, and so the table's cell, and so the access paths by which commits find the cells of those rows.
   */
  private static final Logger log = LoggerFactory.getLogger(Ledger.class);
  private static final ConcurrentMap<DatabaseIdentity, WeakReference<Ledger>> LEDGERS =
      new ConcurrentHashMap<>();

  private static final Runnable NOTHING_TO_TELL = () -> {};

  /** So many cells of rows are moved by most commits, at most. */
  private static final int CELLS_OF_MOST_COMMITS = 4;

  private static final ConcurrentMap<String, TableAccessPaths> NO_CACHES =
      new ConcurrentHashMap<>();

  private final DatabaseIdentity identity;
  private final AtomicLong clock = new AtomicLong();

  /** Each for as long as somebody depends on it or writes to it: names come and go. */
  private final ConcurrentMap<Scope, CellReference> cells = new ConcurrentHashMap<>();

  private final ReferenceQueue<Cell> collected = new ReferenceQueue<>();

  /** Opened by every change to a tag, before that tag's own: a tag that is new waits for it. */
  private final Gate anyTag = new Gate(0);

  private final ConcurrentMap<TableName, ConcurrentMap<String, TableAccessPaths>> pathsByCache =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<String, OpenCommit> prepared = new ConcurrentHashMap<>();
  private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();
  private final List<CommitAnnouncer> announcers = new CopyOnWriteArrayList<>();
  private final List<EndRecorder> recorders = new CopyOnWriteArrayList<>();
  private final InDoubtCommits inDoubt = new InDoubtCommits();

  private Ledger(DatabaseIdentity identity) {
    this.identity = identity;
  }

  /**
   * The ledger of that database in this JVM: the same object for equal identities, for as long as
   * somebody holds it.
   */
  public static Ledger of(DatabaseIdentity identity) {
    Ledger[] found = new Ledger[1];
    LEDGERS.compute(
        identity,
        (id, reference) -> {
          Ledger ledger = reference == null ? null : reference.get();
          found[0] = ledger == null ? new Ledger(id) : ledger;
          return ledger == null ? new WeakReference<>(found[0]) : reference;
        });
    LEDGERS.values().removeIf(reference -> reference.refersTo(null));
    return found[0];
  }

  /** A ledger of its own that no other data source can find. */
  public static Ledger unshared(DatabaseIdentity identity) {
    return new Ledger(identity);
  }

  public DatabaseIdentity identity() {
    return identity;
  }

  /** Finds the cells of a footprint. Do it once per query text, not per execution. */
  public TrackedFootprint track(Footprint footprint) {
    Cell[] tracked = new Cell[footprint.scopes().size()];
    int i = 0;
    for (Scope scope : footprint.scopes()) {
      tracked[i++] = cell(scope);
    }
    return new TrackedFootprint(footprint, tracked);
  }

  /**
   * The same, but in a table with an exempt cache the changes of which {@link
   * ChangeSet#exemptCaches() that cache accounts for itself} move nothing.
   *
   * @param exempt the cache by table; tables without one depend on every change
   */
  public TrackedFootprint track(Footprint footprint, Map<TableName, String> exempt) {
    Cell[] tracked = new Cell[footprint.scopes().size()];
    int i = 0;
    for (Scope scope : footprint.scopes()) {
      String cache = scope instanceof Scope.Table table ? exempt.get(table.table()) : null;
      tracked[i++] =
          cache == null ? cell(scope) : accessPaths(((Scope.Table) scope).table(), cache).gate();
    }
    return new TrackedFootprint(footprint, tracked);
  }

  /**
   * Begins to track a table as queries look at it: a commit moves what it has to. Do it once per
   * query text; {@link TrackedFootprint#narrowed} then says which rows an execution needs.
   *
   * @param column the column by the value of which the queries find rows, or null
   * @param reads the columns that they read, among them those by which they find rows; null for all
   * @return null where there are too many such access paths to the table already: each costs its
   *     commits
   */
  public @Nullable AccessPath trackRows(
      TableName table, @Nullable String column, @Nullable Set<String> reads) {
    return accessPaths(table).track(new AccessPath.Key(column, By.VALUE, reads, null, null));
  }

  /**
   * The same for rows whose whole number in a column lies in an interval of {@link NumberRanges}.
   */
  public @Nullable AccessPath trackRanges(
      TableName table, String column, @Nullable Set<String> reads) {
    return accessPaths(table).track(new AccessPath.Key(column, By.INTERVAL, reads, null, null));
  }

  /**
   * Begins to track the rows of a table that answers show, for assignments to what they show of
   * them. It is half of what such an answer depends on: the other is {@link #trackRows}, with the
   * columns that choose.
   *
   * @param column the column by the value of which a row is known again
   * @param reads the columns that are read, or null for all
   * @param choosing those by which rows are found, sorted and cut off
   * @param beside the one by which they are found; null where they are found by none
   * @return null where there are too many access paths to the table already
   */
  public @Nullable AccessPath trackShown(
      TableName table,
      String column,
      @Nullable Set<String> reads,
      Set<String> choosing,
      @Nullable String beside) {
    return accessPaths(table).track(new AccessPath.Key(column, By.VALUE, reads, choosing, beside));
  }

  /**
   * The same as {@link #trackRows} for answers that show what their rows hold in a second column,
   * by which others may write them.
   *
   * @param beside that column
   */
  public @Nullable AccessPath trackRowsBeside(
      TableName table, String column, @Nullable Set<String> reads, String beside) {
    return accessPaths(table).track(new AccessPath.Key(column, By.VALUE, reads, null, beside));
  }

  private TableAccessPaths accessPaths(TableName table) {
    return ((TableCell) cell(new Scope.Table(table))).accessPaths();
  }

  /**
   * The same as {@link #trackRows} for a cache: the changes that it {@link ChangeSet#exemptCaches()
   * accounts for itself} move nothing.
   */
  public @Nullable AccessPath trackRowsFor(
      String cache, TableName table, @Nullable String column, @Nullable Set<String> reads) {
    return accessPaths(table, cache).track(new AccessPath.Key(column, By.VALUE, reads, null, null));
  }

  /** Lets go of what was tracked for caches that are no more. */
  public void forgetCaches(Predicate<String> gone) {
    pathsByCache.values().forEach(paths -> paths.keySet().removeIf(gone));
  }

  /** Where the ledger stands now. Take it just before a snapshot is taken. */
  public long position() {
    return clock.get();
  }

  /** Moves the clock: a position after all that were taken before. */
  public long tick() {
    return clock.incrementAndGet();
  }

  /**
   * Where the database's log stood: for one who asks it, as who counts positions by himself counts
   * otherwise than the next one.
   */
  public LogPositions newLogPositions() {
    return new LogPositions(this);
  }

  /**
   * Opens and moves every cell of the change set. Call it before COMMIT, or an auto-commit write,
   * is sent; then {@link OpenCommit#end()} or {@link OpenCommit#outcomeUnknown} exactly once.
   */
  public OpenCommit begin(ChangeSet changes) {
    return begin(changes, Origin.COMMIT);
  }

  /** The same for a commit that others carry, of which a source says that it is under way. */
  public OpenCommit begin(ChangeSet changes, Origin origin) {
    Opening open = new Opening(changes.scopes().size());
    boolean more = false;
    for (Scope scope : changes.scopes()) {
      // Any text may be a tag: only who depends on one makes its cell.
      Cell cell = scope instanceof Scope.Tag ? anyTag : cell(scope);
      open.accept(cell);
      more |= cell == anyTag || (cell instanceof TableCell table && !table.accessPaths().isEmpty());
    }
    if (more || !pathsByCache.isEmpty()) {
      finer(changes, open);
    }
    return new OpenCommit(this, changes, open.all, origin, announced(changes, origin));
  }

  /** Opens and moves a cell; who enters a gate is counted before anything else is looked for. */
  private Opened open(Cell cell) {
    Opened opened = cell instanceof Gate gate ? gate.enter() : cell;
    cell.open(clock.incrementAndGet());
    return opened;
  }

  /** Tells the announcers, and says what tells them of the end. */
  private Runnable announced(ChangeSet changes, Origin origin) {
    Runnable ends = NOTHING_TO_TELL;
    if (announcers.isEmpty() || origin == Origin.SOURCE || changes.isEmpty()) {
      return ends;
    }
    for (CommitAnnouncer announcer : announcers) {
      try {
        Runnable end = announcer.announce(changes, origin);
        Runnable before = ends;
        ends =
            before == NOTHING_TO_TELL
                ? end
                : () -> {
                  before.run();
                  end.run();
                };
      } catch (RuntimeException | Error e) {
        // The commit must go on; an announcer that fails is one that others stop to trust.
        log.warn("A commit could not be announced", e);
      }
    }
    return ends;
  }

  /**
   * Opens what is tracked of the tables beside their own cells. After those, so that a cell that is
   * new by now waits for this commit.
   */
  private void finer(ChangeSet changes, Opening open) {
    for (Scope scope : changes.scopes()) {
      if (scope instanceof Scope.Table table) {
        RowChange rows = changes.rows().getOrDefault(table.table(), RowChange.ANY);
        String accounting = changes.exemptCaches().get(table.table());
        if (!pathsByCache.isEmpty()) {
          pathsByCache
              .getOrDefault(table.table(), NO_CACHES)
              .forEach(
                  (cache, paths) -> {
                    if (!cache.equals(accounting)) {
                      open.accept(paths.gate());
                      paths.meeting(rows, open);
                    }
                  });
        }
        ((TableCell) cell(scope)).accessPaths().meeting(rows, open);
      } else if (scope instanceof Scope.Tag) {
        Cell tagged = known(scope);
        if (tagged != null) {
          open.accept(tagged);
        }
      }
    }
  }

  /** What a commit has opened so far. */
  private final class Opening implements Consumer<Cell> {
    private @Nullable Opened[] all;
    private int size;

    Opening(int scopes) {
      this.all = new Opened[scopes + CELLS_OF_MOST_COMMITS];
    }

    @Override
    public void accept(Cell cell) {
      if (size == all.length) {
        all = Arrays.copyOf(all, size * 2);
      }
      all[size++] = open(cell);
    }
  }

  /** Records a change that is already in the database. */
  public void changed(ChangeSet changes, Origin origin) {
    begin(changes, origin).end();
  }

  /**
   * Keeps a commit open under the name of a prepared transaction, until {@link #takePrepared} or
   * until {@code probe} says that the server knows it no more.
   */
  public void prepared(String id, OpenCommit commit, OutcomeProbe probe, Duration quarantine) {
    prepared.put(id, commit);
    inDoubt.add(commit, probe, quarantine, () -> prepared.remove(id, commit));
  }

  /**
   * The open commit of a prepared transaction, or null if it was not prepared through this ledger,
   * or is over already.
   */
  public @Nullable OpenCommit takePrepared(String id) {
    OpenCommit commit = prepared.remove(id);
    return commit == null || commit.hasEnded() ? null : commit;
  }

  /** Puts back what {@link #takePrepared} took: the transaction is still prepared. */
  public void keepPrepared(String id, OpenCommit commit) {
    prepared.put(id, commit);
  }

  /**
   * Tells {@code listener} of every change from now on.
   *
   * @return ends that
   */
  public Runnable onChange(ChangeListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /**
   * From now on this announcer is told of every commit before it is sent.
   *
   * @return ends that
   */
  public Runnable announceTo(CommitAnnouncer announcer) {
    announcers.add(announcer);
    return () -> announcers.remove(announcer);
  }

  /**
   * From now on every commit is told to this recorder before its cells are closed.
   *
   * @return ends that
   */
  public Runnable recordEnds(EndRecorder recorder) {
    recorders.add(recorder);
    return () -> recorders.remove(recorder);
  }

  void ending(ChangeSet changes, @Nullable NodeMoment said) {
    for (EndRecorder recorder : recorders) {
      recorder.ending(changes, said);
    }
  }

  /** Every table that somebody depends on, and others that were written lately. */
  public List<TableName> knownTables() {
    return cells.keySet().stream()
        .filter(Scope.Table.class::isInstance)
        .map(scope -> ((Scope.Table) scope).table())
        .toList();
  }

  /** How many commits wait for an outcome that is not known. */
  public int commitsInDoubt() {
    return inDoubt.size();
  }

  void close(@Nullable Opened[] opened) {
    for (Opened each : opened) {
      if (each == null) {
        return;
      }
      each.close(clock.incrementAndGet());
    }
  }

  void announce(Change change) {
    if (change.changes().isEmpty()) {
      return;
    }
    for (ChangeListener listener : listeners) {
      try {
        listener.onChange(change);
      } catch (Exception | Error e) {
        // The commit is in the database: nothing that a listener does may make it look failed.
        log.warn("A change listener failed", e);
      }
    }
  }

  void inDoubt(OpenCommit commit, OutcomeProbe probe, Duration quarantine) {
    inDoubt.add(commit, probe, quarantine, () -> {});
  }

  private TableAccessPaths accessPaths(TableName table, String cache) {
    TableAccessPaths paths =
        pathsByCache
            .computeIfAbsent(table, t -> new ConcurrentHashMap<>())
            .computeIfAbsent(cache, k -> new TableAccessPaths(gateBehind(table)));
    // Where no commit is under way it counts from now on, not from when it is first asked: the
    // cache's own first commit would have moved the table by then.
    paths.gate().word();
    return paths;
  }

  /** The gate of a cache, which commits to the table look for after they have entered its own. */
  private Gate gateBehind(TableName table) {
    return new Gate(clock.get(), ((TableCell) cell(new Scope.Table(table))).upcoming());
  }

  private Cell cell(Scope scope) {
    Cell cell = known(scope);
    return cell != null ? cell : newCell(scope);
  }

  private @Nullable Cell known(Scope scope) {
    CellReference reference = cells.get(scope);
    return reference == null ? null : reference.get();
  }

  private Cell newCell(Scope scope) {
    for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
      cells.remove(((CellReference) gone).scope, gone);
    }
    Cell[] found = new Cell[1];
    cells.compute(
        scope,
        (s, reference) -> {
          Cell known = reference == null ? null : reference.get();
          if (known != null) {
            found[0] = known;
            return reference;
          }
          found[0] = made(s);
          return new CellReference(s, found[0], collected);
        });
    return found[0];
  }

  /** A cell that is new counts as moved now: nothing is known of what came before. */
  private Cell made(Scope scope) {
    if (scope instanceof Scope.Table) {
      return new TableCell(clock.get());
    }
    return scope instanceof Scope.Tag
        ? new Cell(clock.get(), anyTag.upcoming())
        : new Cell(clock.get());
  }

  /** Finds a cell by its scope, and the scope again once the cell is gone. */
  private static final class CellReference extends WeakReference<Cell> {
    private final Scope scope;

    CellReference(Scope scope, Cell cell, ReferenceQueue<Cell> queue) {
      super(cell, queue);
      this.scope = scope;
    }
  }
}
