package dev.larder.jdbc.internal.connection;

import dev.larder.jdbc.BypassReason;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a statement, and why: one object for each that there can be, so that a connection
 * holds one reference. Immutable and thread-safe.
 *
 * @param reason null where there is none
 */
public record StatementOutcome(StatementFate fate, @Nullable BypassReason reason) {

  private static final Map<StatementFate, StatementOutcome> WITHOUT_REASON =
      new EnumMap<>(StatementFate.class);

  private static final Map<BypassReason, StatementOutcome> LOADED =
      new EnumMap<>(BypassReason.class);

  private static final Map<BypassReason, StatementOutcome> DATABASE =
      new EnumMap<>(BypassReason.class);

  static {
    for (StatementFate fate : StatementFate.values()) {
      WITHOUT_REASON.put(fate, new StatementOutcome(fate, null));
    }
    for (BypassReason reason : BypassReason.values()) {
      LOADED.put(reason, new StatementOutcome(StatementFate.LOADED, reason));
      DATABASE.put(reason, new StatementOutcome(StatementFate.DATABASE, reason));
    }
  }

  /** Memory had its answer. */
  public static final StatementOutcome FROM_MEMORY = of(StatementFate.MEMORY, null);

  /** The one object for these; who was answered without the database has no reason. */
  public static StatementOutcome of(StatementFate fate, @Nullable BypassReason reason) {
    StatementOutcome known =
        reason == null
            ? WITHOUT_REASON.get(fate)
            : (fate == StatementFate.LOADED ? LOADED : DATABASE).get(reason);
    return known == null ? new StatementOutcome(fate, reason) : known;
  }
}
