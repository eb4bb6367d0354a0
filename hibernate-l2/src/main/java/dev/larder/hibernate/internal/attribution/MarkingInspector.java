package dev.larder.hibernate.internal.attribution;

import dev.larder.hibernate.internal.link.DatabaseLink;
import dev.larder.hibernate.internal.session.SelectRecord;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.jspecify.annotations.Nullable;

/**
 * Tells the Larder DataSource below which statements are entity actions, by a comment before each,
 * and notes the queries that results are made from. Thread-safe; above any other DataSource it does
 * nothing.
 */
public final class MarkingInspector implements StatementInspector {

  private static final long serialVersionUID = 1L;

  private final @Nullable StatementInspector own;
  private transient volatile @Nullable DatabaseLink link;

  /**
   * @param own the application's inspector, which is asked first, or null
   */
  public MarkingInspector(@Nullable StatementInspector own) {
    this.own = own;
  }

  /** The inspector, if it is one of these. */
  public static Optional<MarkingInspector> of(@Nullable StatementInspector inspector) {
    return inspector instanceof MarkingInspector marking ? Optional.of(marking) : Optional.empty();
  }

  /** The application's inspector, or null. */
  @Nullable StatementInspector application() {
    return own;
  }

  /** Begins to mark, for the cache with that link. */
  public void attach(DatabaseLink attached) {
    link = attached;
  }

  @Override
  public String inspect(String sql) {
    String asked = own == null ? null : own.inspect(sql);
    String text = asked == null ? sql : asked;
    DatabaseLink attached = link;
    if (attached == null || !attached.isShared()) {
      return text;
    }
    String keeper = Mark.keeperOf(text);
    if (keeper != null) {
      return "/* larder(kept=" + keeper + ") */ " + text;
    }
    long age = attached.maxAgeOfLoadsNanos();
    boolean query = text.regionMatches(true, 0, "select", 0, 6) || text.startsWith("/*");
    if (query && age != Long.MAX_VALUE) {
      text = "/* larder(ttl=" + TimeUnit.NANOSECONDS.toMillis(age) + "ms) */ " + text;
    }
    SelectRecord.prepared(text);
    return text;
  }
}
