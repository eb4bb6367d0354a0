package dev.larder.jdbc.internal.pin;

import dev.larder.invalidation.Change;
import dev.larder.invalidation.ChangeListener;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.concurrent.PollingThread;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.settings.TablePatterns;
import dev.larder.jdbc.internal.store.Entry;
import dev.larder.jdbc.internal.store.ResultShape;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables that are in memory as a whole, and the look-ups that they answer. A thread reads them,
 * when the first asks and when they have changed. Bounded by number and by bytes. Thread-safe.
 */
public final class PinnedTables implements ChangeListener, AutoCloseable {

  private static final int MOST_LOOK_UPS = 256;
  private static final int MOST_TEXTS = 4_096;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** Of the cache's bound, what these may hold: the answers have so much less. */
  private static final int PART = 4;

  private static final Logger log = LoggerFactory.getLogger(PinnedTables.class);

  private final TablePatterns pinned;
  private final long maxBytes;
  private final Counters counters;
  private final ConcurrentMap<LookUp.Key, LookUp> lookUps = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Optional<LookUpText>> texts = new ConcurrentHashMap<>();
  private final Set<String> unproven = ConcurrentHashMap.newKeySet();
  private final ConcurrentMap<TableName, Boolean> tables = new ConcurrentHashMap<>();
  private final PollingThread thread = new PollingThread("larder-pins", this::round, () -> {});
  private volatile @Nullable TableReader reader;
  private volatile boolean closed;

  public PinnedTables(TablePatterns pinned, long cacheBytes, Counters counters) {
    this.pinned = pinned;
    this.maxBytes = partOf(cacheBytes);
    this.counters = counters;
  }

  /** What of a cache's bound is theirs. */
  public static long partOf(long cacheBytes) {
    return cacheBytes / PART;
  }

  /** To be called once. */
  public void start(TableReader how) {
    reader = how;
    thread.start();
  }

  /** Whether a query of these tables is one of a pinned table. */
  public boolean arePinned(Collection<Scope> scopes) {
    boolean any = false;
    for (Scope scope : scopes) {
      if (scope instanceof Scope.Table table) {
        TableName name = table.table();
        Boolean known = tables.get(name);
        if (known == null) {
          known = pinned.match(name);
          if (tables.size() < MOST_TEXTS) {
            tables.put(name, known);
          }
        }
        any |= known;
      }
    }
    return any;
  }

  /**
   * The answer to a look-up, if the rows of its table are here and hold; null where the database
   * has to be asked.
   *
   * @param column the column by which the query finds its rows, as the catalogue spells it
   * @param value what it must equal
   */
  public @Nullable Entry answer(Asker asker, String column, Object value) {
    LookUp lookUp = lookUp(asker, column);
    if (lookUp == null) {
      return null;
    }
    Entry entry = lookUp.answer(value, asker.text(), asker.maxAgeNanos());
    if (entry == null) {
      thread.soon();
    } else {
      counters.pinned.increment();
    }
    return entry;
  }

  /** Who looks something up. */
  public record Asker(
      CachedStatement text,
      Fingerprint session,
      ResultShape shape,
      boolean isPrepared,
      long maxAgeNanos) {}

  private @Nullable LookUp lookUp(Asker asker, String column) {
    String template = asker.text().analysis().template();
    LookUp.Key key = new LookUp.Key(asker.session(), template, asker.shape(), asker.isPrepared());
    LookUp known = lookUps.get(key);
    if (known != null) {
      return known;
    }
    LookUpText read = text(template);
    if (lookUps.size() >= MOST_LOOK_UPS) {
      // Sessions may begin otherwise by now.
      lookUps.values().removeIf(LookUp::isRefused);
    }
    if (closed
        || read == null
        || !read.column().equalsIgnoreCase(column)
        || lookUps.size() >= MOST_LOOK_UPS) {
      return null;
    }
    LookUp made = new LookUp(key, read, asker.text());
    LookUp other = lookUps.putIfAbsent(key, made);
    return other == null ? made : other;
  }

  private @Nullable LookUpText text(String template) {
    Optional<LookUpText> known = texts.get(template);
    if (known == null) {
      known = Optional.ofNullable(LookUpText.of(template));
      if (texts.size() < MOST_TEXTS) {
        texts.put(template, known);
      }
    }
    return known.orElse(null);
  }

  /** It is not known which values of the column are equal: says so once, where that matters. */
  public void notProven(CachedStatement asked) {
    String template = asked.analysis().template();
    if (!closed
        && text(template) != null
        && unproven.size() < MOST_LOOK_UPS
        && unproven.add(template)) {
      log.warn(
          "Not answered from a pinned table: {}: which values of the column are equal is not known",
          shown(template));
    }
  }

  @Override
  public void onChange(Change change) {
    if (!lookUps.isEmpty()) {
      thread.soon();
    }
  }

  private long round() {
    TableReader how = reader;
    boolean open = false;
    if (how != null) {
      for (LookUp each : lookUps.values()) {
        if (!thread.isClosed() && each.isDue(how::maxAgeNanos)) {
          open |= !read(how, each);
        }
      }
    }
    return open ? SOON_NANOS : IDLE_NANOS;
  }

  /** Whether that is done with for now. */
  private boolean read(TableReader how, LookUp each) {
    try {
      TableReader.Reading reading = how.read(each, maxBytes - bytes() + each.bytes());
      String refusal = reading.refusal();
      if (refusal != null) {
        each.refuse(refusal);
        log.warn("Not answered from a pinned table: {}: {}", shown(each.key().template()), refusal);
      } else if (reading.contents() != null) {
        each.holds(reading.contents());
        counters.pinnedReads.increment();
        if (closed) {
          each.holds(null);
        }
      }
      return refusal != null || reading.contents() != null;
    } catch (SQLException | RuntimeException | LinkageError e) {
      // Not the driver's message: it may quote a value.
      log.warn("A pinned table could not be read ({})", e.getClass().getName());
      each.holds(null);
      return true;
    }
  }

  private static String shown(String template) {
    return template.replaceAll("[\1\2]", "?");
  }

  /** How many bytes the rows hold, by estimate. */
  public long bytes() {
    long sum = 0;
    for (LookUp each : lookUps.values()) {
      sum += each.bytes();
    }
    return sum;
  }

  @Override
  public void close() {
    closed = true;
    thread.close();
    lookUps.clear();
    texts.clear();
    unproven.clear();
    tables.clear();
  }
}
