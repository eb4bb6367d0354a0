package dev.larder.hibernate.internal.attribution;

import dev.larder.hibernate.internal.link.DatabaseLink;
import dev.larder.hibernate.internal.link.WrittenTables;
import dev.larder.hibernate.internal.session.FreshReads;
import dev.larder.hibernate.internal.session.PreparedWrite;
import dev.larder.hibernate.internal.session.SelectRecord;
import dev.larder.invalidation.ChangeSet;
import java.util.Optional;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.jspecify.annotations.Nullable;

/**
 * Tells the Larder DataSource below which statements are entity actions, by a comment before each,
 * and notes the queries that results are made from. Thread-safe; above any other DataSource it
 * notes what the statements write.
 */
public final class HintingInspector implements StatementInspector {

  private static final long serialVersionUID = 1L;

  private final @Nullable StatementInspector own;
  private transient volatile @Nullable DatabaseLink link;

  /**
   * @param own the application's inspector, which is asked first, or null
   */
  public HintingInspector(@Nullable StatementInspector own) {
    this.own = own;
  }

  /** The inspector, if it is one of these. */
  public static Optional<HintingInspector> of(@Nullable StatementInspector inspector) {
    return inspector instanceof HintingInspector hinting ? Optional.of(hinting) : Optional.empty();
  }

  /** The application's inspector, or null. */
  @Nullable StatementInspector application() {
    return own;
  }

  /** Gives hints from now on, for the cache with that link. */
  public void attach(DatabaseLink attached) {
    link = attached;
  }

  @Override
  public String inspect(String sql) {
    String asked = own == null ? null : own.inspect(sql);
    String text = asked == null ? sql : asked;
    DatabaseLink attached = link;
    if (attached == null) {
      return text;
    }
    String cache = StatementHint.cacheOf(text);
    if (!attached.isShared()) {
      // The executor has told of what an announced action writes.
      PreparedWrite.inspected(cache == null ? WrittenTables.of(text) : ChangeSet.NOTHING);
      return text;
    }
    if (cache != null) {
      return "/* larder(kept=" + cache + ") */ " + text;
    }
    if (FreshReads.isUnderWay() && attached.isAged()) {
      text = "/* larder(ttl=0s) */ " + text;
    }
    SelectRecord.prepared(text);
    return text;
  }
}
