package dev.larder.jdbc.internal.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.TableName;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.eligibility.StatementEffects;
import dev.larder.jdbc.internal.eligibility.StatementPlan;
import dev.larder.jdbc.internal.eligibility.UncacheableStatement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the statements of a batch do together. */
class BatchTest {

  private final Batch batch = new Batch();

  private static StatementPlan writing(String table) {
    ChangeSet changes = ChangeSet.ofTables(List.of(new TableName("public", table)));
    return new UncacheableStatement(
        BypassReason.NOT_A_QUERY,
        "",
        false,
        new StatementEffects(changes, false, false, List.of(), List.of()));
  }

  private void add(String table) {
    StatementPlan plan = writing(table);
    batch.add(plan, () -> plan);
  }

  @Test
  void oneStatementIsItself() {
    StatementPlan plan = writing("book");
    batch.add(plan, () -> plan);
    assertThat(batch.together()).isSameAs(plan);
    assertThat(batch.together().isSeveral()).isFalse();
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
  void afterManyATextCountsOnceWhateverItsValuesAre() {
    StatementPlan text = writing("book");
    StatementPlan narrowed = writing("book");
    AtomicInteger asked = new AtomicInteger();
    for (int i = 0; i < 5_000; i++) {
      batch.add(
          text,
          () -> {
            asked.incrementAndGet();
            return narrowed;
          });
    }
    assertThat(asked).hasValue(1_000);
    assertThat(batch.together().effects().changes()).isEqualTo(text.effects().changes());
  }
}
