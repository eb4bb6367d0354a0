package dev.larder.jdbc.internal.prefetch;

import dev.larder.jdbc.internal.bind.SingleParameter;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.store.ResultShape;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The look-ups that one statement is to answer, and what becomes of the answers. Thread-safe. */
public final class Batch implements Expectation {

  /**
   * A look-up that memory did not answer.
   *
   * @param parameter how its only parameter was set
   * @param value what that was, as {@code comparable} says it
   * @param comparable a value as two are equal in Java if they are for the database; null where
   *     that is not told
   */
  public record LookUp(
      CachedStatement text,
      Asker asker,
      SingleParameter parameter,
      Object value,
      UnaryOperator<@Nullable Object> comparable) {}

  /**
   * Who looks it up.
   *
   * @param column by which the rows are found, as the catalogue spells it
   */
  public record Asker(Fingerprint session, ResultShape shape, String column) {}

  private final LookUp like;
  private final List<Object> values;
  private final String sql;
  private final int places;
  private final Experience experience;
  private final AtomicInteger loaded = new AtomicInteger();
  private final AtomicInteger used = new AtomicInteger();

  /** One more than those of which it is not known whether they are of use, until all are there. */
  private final AtomicInteger open = new AtomicInteger(1);

  Batch(LookUp like, LookedUp template, List<Object> values, Experience experience) {
    this.like = like;
    this.values = List.copyOf(values);
    this.places = places(values.size());
    this.sql = template.text().rowsOf(places);
    this.experience = experience;
  }

  /** Few different texts, or each number of values would be parsed by itself. */
  private static int places(int values) {
    return Math.max(4, Integer.highestOneBit(2 * values - 1));
  }

  /** The look-up that they are like. */
  public LookUp like() {
    return like;
  }

  /** What is looked up, each value as it is compared. */
  public List<Object> values() {
    return values;
  }

  /** The statement that shows the rows of all of them, and last in each the value it has. */
  public String sql() {
    return sql;
  }

  /** How many parameters that has. */
  public int places() {
    return places;
  }

  /** It cannot be answered so, whatever the values. */
  public void refuse() {
    experience.refuse();
  }

  /** It could not be loaded this time. */
  void failed() {
    experience.ended(0, 1);
  }

  @Override
  public void waits() {
    loaded.incrementAndGet();
    open.incrementAndGet();
  }

  @Override
  public void ended(boolean wasUsed) {
    if (wasUsed) {
      used.incrementAndGet();
    }
    closed();
  }

  /** All that there are wait, or did. */
  void complete() {
    closed();
  }

  private void closed() {
    if (open.decrementAndGet() == 0 && loaded.get() > 0) {
      experience.ended(used.get(), loaded.get());
    }
  }
}
