package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Facts.Kind;
import dev.larder.jdbc.internal.analysis.Facts.Obstacle;
import dev.larder.jdbc.internal.analysis.Facts.TableWrite;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Facts in the making. Used by one thread. */
public final class FactsBuilder {

  public Kind kind = Kind.UNKNOWN;
  public final Set<ObjectName> reads = new LinkedHashSet<>();
  public final Set<String> commonTables = new LinkedHashSet<>();
  public final Set<TableWrite> writes = new LinkedHashSet<>();
  public final Set<ObjectName> functions = new LinkedHashSet<>();
  public final Set<ObjectName> escaped = new LinkedHashSet<>();
  public final Set<Attribute> attributes = new LinkedHashSet<>();
  public final Set<Obstacle> obstacles = new LinkedHashSet<>();
  public final List<SessionEffect> session = new ArrayList<>();
  public TransactionEffect transaction = TransactionEffect.NONE;
  public RowFacts rows = RowFacts.NONE;
  public Locking locks = Locking.NOTHING;
  public TimeFacts times = TimeFacts.NONE;
  public boolean mayCommit;

  public FactsBuilder(Kind kind) {
    this.kind = kind;
  }

  /** Facts of a statement of which nothing can be said for certain. */
  public static Facts unknown(String why, BypassReason reason) {
    FactsBuilder facts = new FactsBuilder(Kind.UNKNOWN);
    facts.becomeUnknown(why);
    facts.obstacle(reason, why);
    return facts.build();
  }

  /** Whatever was found stays, but the statement may do anything. */
  public FactsBuilder becomeUnknown(String why) {
    kind = Kind.UNKNOWN;
    mayCommit = true;
    session.add(new SessionEffect.Unknown(why));
    return this;
  }

  public FactsBuilder obstacle(BypassReason reason, String detail) {
    obstacles.add(new Obstacle(reason, detail));
    return this;
  }

  public FactsBuilder write(ObjectName table, Verb verb) {
    writes.add(new TableWrite(table, verb));
    return this;
  }

  public FactsBuilder session(SessionEffect effect) {
    session.add(effect);
    return this;
  }

  public Facts build() {
    return new Facts(
        kind,
        reads,
        commonTables,
        List.copyOf(writes),
        functions,
        escaped,
        attributes,
        List.copyOf(obstacles),
        session,
        transaction,
        rows,
        locks(),
        times,
        mayCommit);
  }

  private Locking locks() {
    Locking all = kind == Kind.UNKNOWN ? Locking.SESSION : locks;
    for (ObjectName function : functions) {
      all = all.and(Locking.ofFunction(function.name()));
    }
    if (obstacles.stream().anyMatch(o -> o.reason() == BypassReason.LOCKING_CLAUSE)) {
      all = all.and(Locking.TRANSACTION);
    }
    boolean discards =
        session.stream()
            .anyMatch(e -> e instanceof SessionEffect.ResetAll reset && reset.roleToo());
    return discards ? all.and(Locking.RELEASES) : all;
  }
}
