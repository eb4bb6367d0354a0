package dev.larder.jdbc.internal.pin;

import dev.larder.invalidation.ledger.Stamp;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.store.Entry;
import dev.larder.jdbc.internal.store.ResultShape;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** One look-up of rows of a pinned table, by the sessions that see the same. Thread-safe. */
public final class LookUp {

  /**
   * Who shares what is looked up.
   *
   * @param isPrepared whether the look-up has a parameter, which a driver may answer in another way
   */
  record Key(Fingerprint session, String template, ResultShape shape, boolean isPrepared) {}

  private static final int LONGEST_PATIENCE = 1 << 12;

  private final Key key;
  private final LookUpText texts;
  private volatile CachedStatement text;
  private volatile @Nullable Contents contents;
  private volatile @Nullable String refusal;
  private final AtomicInteger asksInVain = new AtomicInteger();

  /** So many must ask in vain before all is read again; for the loading thread. */
  private int patience = 1;

  LookUp(Key key, LookUpText texts, CachedStatement text) {
    this.key = key;
    this.texts = texts;
    this.text = text;
  }

  Key key() {
    return key;
  }

  /** What sessions have set that see what is looked up. */
  public Fingerprint session() {
    return key.session();
  }

  public ResultShape shape() {
    return key.shape();
  }

  /** Whether it has a parameter. */
  public boolean isPrepared() {
    return key.isPrepared();
  }

  /** What shows all rows. */
  public String wholeTable() {
    return texts.wholeTable();
  }

  /** The look-up as it was executed lately. */
  public CachedStatement text() {
    return text;
  }

  /** The answer, if the rows are here and hold; null otherwise, and it counts as asked in vain. */
  @Nullable Entry answer(Object value, CachedStatement asked, long maxAgeNanos) {
    Contents known = contents;
    if (known != null && known.isCurrent(maxAgeNanos)) {
      return known.answer(value);
    }
    if (text != asked) {
      text = asked;
    }
    asksInVain.incrementAndGet();
    return null;
  }

  /** Whether all rows are to be read, now or again. */
  boolean isDue(ToLongFunction<Stamp> maxAgeNanos) {
    Contents known = contents;
    if (refusal != null
        || (known != null && known.isCurrent(maxAgeNanos.applyAsLong(known.stamp())))) {
      return false;
    }
    if (known != null && known.hasPaid()) {
      patience = 1;
      return true;
    }
    return asksInVain.get() >= patience;
  }

  /** All rows are here; what was before is let go of. */
  void holds(@Nullable Contents read) {
    Contents before = contents;
    if (read == null || (before != null && !before.hasPaid())) {
      patience = Math.min(LONGEST_PATIENCE, patience * 2);
    }
    asksInVain.set(0);
    contents = read;
  }

  /** It is never answered from here. */
  void refuse(String why) {
    refusal = why;
    contents = null;
  }

  boolean isRefused() {
    return refusal != null;
  }

  long bytes() {
    Contents known = contents;
    return known == null ? 0 : known.weight().bytes();
  }
}
