package dev.larder.jdbc.internal.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.TableName;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Locking;
import dev.larder.jdbc.internal.analysis.Operand;
import dev.larder.jdbc.internal.bind.Parameters;
import dev.larder.jdbc.internal.bind.Setter;
import dev.larder.jdbc.internal.bind.ValueMoment;
import dev.larder.jdbc.internal.eligibility.CountedRows;
import dev.larder.jdbc.internal.eligibility.StatementEffects;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.eligibility.UncacheableStatement;
import dev.larder.jdbc.internal.rows.ColumnKind;
import dev.larder.jdbc.internal.rows.Execution;
import dev.larder.jdbc.internal.rows.RowsWritten;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the statements of a batch do together. */
class BatchTest {

  private static final TableName BOOK = new TableName("public", "book");

  private final Batch batch = new Batch();
  private final AtomicInteger asked = new AtomicInteger();

  private static StatementPlan writing(String table) {
    ChangeSet changes = ChangeSet.ofTables(List.of(new TableName("public", table)));
    return new UncacheableStatement(
        BypassReason.NOT_A_QUERY,
        "",
        false,
        new StatementEffects(changes, false, false, List.of(), List.of()));
  }

  /** An UPDATE of one row of a table by its key. */
  private static StatementPlan writingARow(String table) {
    TableName name = new TableName("public", table);
    RowsWritten.OfColumn id =
        new RowsWritten.OfColumn(
            "id",
            ColumnKind.WHOLE_NUMBER,
            List.of(new Operand.Parameter(1)),
            List.of(),
            Long.MIN_VALUE,
            Long.MAX_VALUE);
    return new UncacheableStatement(
        BypassReason.NOT_A_QUERY,
        "",
        false,
        new StatementEffects(
            ChangeSet.ofTables(List.of(name)),
            false,
            false,
            List.of(),
            List.of(),
            Locking.NOTHING,
            CountedRows.NOTHING,
            new RowsWritten(name, List.of(id), RowsWritten.Fate.assigned(Set.of("n")), "id")));
  }

  private static Execution of(int id) {
    Parameters parameters = new Parameters(1, ValueMoment.SETTER);
    parameters.set(1, Setter.INT, id);
    return new Execution(List.of(), parameters);
  }

  private void add(StatementPlan plan, int id) {
    batch.add(
        plan,
        () -> {
          asked.incrementAndGet();
          return of(id);
        });
  }

  private void add(String table) {
    add(writing(table), 0);
  }

  @Test
  void oneStatementIsItself() {
    StatementPlan plan = writing("book");
    add(plan, 0);
    assertThat(batch.together()).isSameAs(plan);
    assertThat(batch.together().isSeveral()).isFalse();
    assertThat(asked).as("values that nothing depends on").hasValue(0);
  }

  @Test
  void severalDoWhatEachOfThemDoes() {
    add("book");
    add("author");
    add("shop");
    StatementPlan together = batch.together();
    assertThat(together.isSeveral()).isTrue();
    assertThat(together.effects().changes())
        .isEqualTo(
            writing("book")
                .effects()
                .changes()
                .plus(writing("author").effects().changes())
                .plus(writing("shop").effects().changes()));
  }

  @Test
  void executionsOfOneTextWriteTheRowsThatEachOfThemNames() {
    StatementPlan book = writingARow("book");
    StatementPlan author = writingARow("author");
    add(book, 1);
    add(book, 2);
    add(author, 3);
    add(book, 4);
    StatementPlan together = batch.together();
    assertThat(together.isSeveral()).isTrue();
    assertThat(together.effects().dependOnValues()).isFalse();
    assertThat(together.effects().changes())
        .isEqualTo(
            book.of(of(1))
                .effects()
                .changes()
                .plus(book.of(of(2)).effects().changes())
                .plus(author.of(of(3)).effects().changes())
                .plus(book.of(of(4)).effects().changes()));
  }

  @Test
  void afterManyATextCountsOnceWhateverItsValuesAre() {
    StatementPlan text = writingARow("book");
    for (int i = 0; i < 5_000; i++) {
      add(text, i);
    }
    assertThat(asked).hasValue(1_000);
    RowChange all = batch.together().effects().changes().rows().get(BOOK);
    assertThat(all).isEqualTo(RowChange.ANY);
  }
}
