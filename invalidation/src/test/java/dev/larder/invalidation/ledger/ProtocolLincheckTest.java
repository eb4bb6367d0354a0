package dev.larder.invalidation.ledger;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ValueHash;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the interleaving, a reader through ledger and store sees what a reader of the database
 * could have seen; and each rule of the protocol, when broken, is noticed here.
 */
final class ProtocolLincheckTest {

  /** What every variant must look like from outside: one register for each of two tables. */
  public static final class Registers {
    private final int[] tables = new int[2];

    public int read(int query) {
      return answer(query, tables[0], tables[1]);
    }

    public void write(int table, int value) {
      tables[table] = value;
    }

    public void writeBoth(int value) {
      tables[0] = value;
      tables[1] = value;
    }
  }

  /** Queries 0 and 1 read the first table, query 2 reads both in one snapshot. */
  private static int answer(int query, int first, int second) {
    return query == 2 ? first * 100 + second : first;
  }

  private record Rows(int first, int second) {}

  private record Kept(int answer, Position position) {}

  /** A stamp, or what a variant takes for one. */
  @FunctionalInterface
  private interface Position {
    boolean isCurrent();
  }

  /** The protocol as it is. The variants below each break one rule. */
  @Param(name = "query", gen = IntGen.class, conf = "0:2")
  @Param(name = "table", gen = IntGen.class, conf = "0:1")
  @Param(name = "value", gen = IntGen.class, conf = "1:9")
  public static class Protocol {
    static final List<TableName> TABLES =
        List.of(new TableName("s", "first"), new TableName("s", "second"));

    final Ledger ledger = Ledger.unshared(new DatabaseIdentity("lincheck", ""));
    private final TrackedFootprint first =
        ledger.track(Footprint.of(TABLES.subList(0, 1), Set.of()));
    private final TrackedFootprint both = ledger.track(Footprint.of(TABLES, Set.of()));
    private final AtomicReferenceArray<Kept> store = new AtomicReferenceArray<>(3);

    /** The database: one atomic step is one committed transaction or one query. */
    volatile Rows rows = new Rows(0, 0);

    @Operation
    public int read(@Param(name = "query") int query) {
      Kept kept = store.get(query);
      if (kept != null && mayServe(kept.position())) {
        return kept.answer();
      }
      TrackedFootprint footprint = footprint(query);
      Position position = before(footprint);
      Rows seen = rows;
      int answer = answer(query, seen.first(), seen.second());
      position = after(footprint, position);
      if (position.isCurrent()) {
        store.set(query, new Kept(answer, position));
      }
      return answer;
    }

    @Operation
    public void write(@Param(name = "table") int table, @Param(name = "value") int value) {
      commit(
          changes(table),
          () -> {
            synchronized (this) {
              rows = table == 0 ? new Rows(value, rows.second()) : new Rows(rows.first(), value);
            }
          });
    }

    @Operation
    public void writeBoth(@Param(name = "value") int value) {
      commit(
          changesToBoth(),
          () -> {
            synchronized (this) {
              rows = new Rows(value, value);
            }
          });
    }

    TrackedFootprint footprint(int query) {
      return query == 2 ? both : first;
    }

    ChangeSet changes(int table) {
      return ChangeSet.ofTables(List.of(TABLES.get(table)));
    }

    ChangeSet changesToBoth() {
      return ChangeSet.ofTables(TABLES);
    }

    boolean mayServe(Position position) {
      return position.isCurrent();
    }

    Position before(TrackedFootprint footprint) {
      return footprint.stamp()::isCurrent;
    }

    Position after(TrackedFootprint footprint, Position before) {
      return before;
    }

    void commit(ChangeSet changes, Runnable database) {
      OpenCommit commit = ledger.begin(changes);
      database.run();
      commit.end();
    }
  }

  /** The two registers are rows of one table; queries 0 and 1 read the first row only. */
  public static class OnRows extends Protocol {
    private static final TableName TABLE = Protocol.TABLES.get(0);
    final TrackedFootprint table = ledger.track(Footprint.of(List.of(TABLE), Set.of()));

    @Override
    TrackedFootprint footprint(int query) {
      if (query == 2) {
        return table;
      }
      AccessPath rows = Objects.requireNonNull(ledger.trackRows(TABLE, "id", null));
      int[] first = {ValueHash.of(0)};
      return table.narrowed(List.of(new TrackedFootprint.Narrowing(TABLE, rows, first)));
    }

    @Override
    ChangeSet changes(int row) {
      return ChangeSet.ofRows(TABLE, new RowChange(Map.of("id", Set.of(ValueHash.of(row))), null));
    }

    @Override
    ChangeSet changesToBoth() {
      return ChangeSet.ofTables(List.of(TABLE));
    }
  }

  /** The cells move only after the database has committed. */
  public static final class MovesOnlyAtTheEnd extends Protocol {
    @Override
    void commit(ChangeSet changes, Runnable database) {
      database.run();
      ledger.begin(changes).end();
    }
  }

  /** The cells move at the begin, but are not open while the database commits. */
  public static final class MovesOnlyAtTheBegin extends Protocol {
    @Override
    void commit(ChangeSet changes, Runnable database) {
      ledger.begin(changes).end();
      database.run();
    }
  }

  /** An answer read while a commit is open is stored like any other. */
  public static final class FillsWhileOpen extends Protocol {
    @Override
    Position before(TrackedFootprint footprint) {
      long[] words = Words.of(footprint);
      return () -> Words.areStill(words, footprint);
    }

    private static final class Words {
      static boolean areStill(long[] words, TrackedFootprint footprint) {
        return Arrays.equals(words, of(footprint));
      }

      static long[] of(TrackedFootprint footprint) {
        long[] words = new long[footprint.cells.length];
        for (int i = 0; i < words.length; i++) {
          words[i] = footprint.cells[i].word();
        }
        return words;
      }
    }
  }

  /** The stamp is taken after the query ran. */
  public static final class StampsAfterTheQuery extends Protocol {
    @Override
    Position after(TrackedFootprint footprint, Position before) {
      return footprint.stamp()::isCurrent;
    }
  }

  /** What is in the store is served unasked. */
  public static final class ServesUnasked extends Protocol {
    @Override
    boolean mayServe(Position position) {
      return true;
    }
  }

  @Test
  void readsAreLinearizableInEveryInterleavingTried() {
    new ModelCheckingOptions()
        .iterations(2)
        .invocationsPerIteration(30)
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(1)
        .addCustomScenario(oneWriterOneReader())
        .sequentialSpecification(Registers.class)
        .check(Protocol.class);
  }

  @Test
  void readsOfRowsAreLinearizableUnderStress() {
    stress().sequentialSpecification(Registers.class).check(OnRows.class);
  }

  /** The cell of the first row is made while commits are under way that cannot have opened it. */
  @Tag("long")
  @Test
  void firstReadsOfRowsAreLinearizableInEveryInterleavingTried() {
    new ModelCheckingOptions()
        .iterations(0)
        .invocationsPerIteration(300)
        .addCustomScenario(firstReadsAmongWriters())
        .sequentialSpecification(Registers.class)
        .check(OnRows.class);
  }

  @Test
  void readsAreLinearizableUnderStress() {
    stress().sequentialSpecification(Registers.class).check(Protocol.class);
  }

  private static StressOptions stress() {
    return new StressOptions()
        .iterations(2)
        .invocationsPerIteration(200)
        .threads(3)
        .actorsBefore(2)
        .actorsPerThread(3)
        .addCustomScenario(oneWriterOneReader());
  }

  /**
   * Random scenarios seldom hold the one that matters, so it is spelled out; and the ledger's own
   * steps count as one each, so that few switches lead there.
   */
  @ParameterizedTest
  @ValueSource(classes = {MovesOnlyAtTheEnd.class, FillsWhileOpen.class})
  void aBrokenRuleIsNoticed(Class<? extends Protocol> variant) {
    isNoticed(variant);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(
      classes = {MovesOnlyAtTheBegin.class, StampsAfterTheQuery.class, ServesUnasked.class})
  void anotherBrokenRuleIsNoticed(Class<? extends Protocol> variant) {
    isNoticed(variant);
  }

  private static void isNoticed(Class<? extends Protocol> variant) {
    ModelCheckingOptions options = oneScenario();
    assertThatThrownBy(() -> options.check(variant)).isInstanceOf(LincheckAssertionError.class);
  }

  @Test
  void theScenarioThatNoticesPassesWhereNothingIsBroken() {
    oneScenario().invocationsPerIteration(20).check(Protocol.class);
  }

  private static ModelCheckingOptions oneScenario() {
    return new ModelCheckingOptions()
        .iterations(0)
        .invocationsPerIteration(1_000)
        .addCustomScenario(oneWriterOneReader())
        .addGuarantee(
            ManagedStrategyGuaranteeKt.forClasses(
                    Ledger.class.getName(),
                    OpenCommit.class.getName(),
                    TrackedFootprint.class.getName(),
                    Stamp.class.getName(),
                    FillsWhileOpen.class.getName() + "$Words",
                    AtomicReferenceArray.class.getName())
                .allMethods()
                .treatAsAtomic())
        .minimizeFailedScenario(false)
        .sequentialSpecification(Registers.class);
  }

  private static ExecutionScenario oneWriterOneReader() {
    return new ExecutionScenario(
        List.of(actor("read", 0)),
        List.of(
            List.of(actor("writeBoth", 1)),
            List.of(actor("read", 0), actor("read", 2), actor("read", 0))),
        List.of(actor("read", 0)),
        null);
  }

  private static ExecutionScenario firstReadsAmongWriters() {
    return new ExecutionScenario(
        List.of(),
        List.of(
            List.of(actor("write", 0, 1), actor("write", 1, 2)),
            List.of(actor("read", 0), actor("read", 0), actor("read", 0))),
        List.of(actor("read", 0)),
        null);
  }

  private static Actor actor(String operation, Integer... arguments) {
    Class<?>[] types = new Class<?>[arguments.length];
    Arrays.fill(types, int.class);
    try {
      return new Actor(
          Protocol.class.getMethod(operation, types), List.<Object>of((Object[]) arguments));
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(operation, e);
    }
  }
}
