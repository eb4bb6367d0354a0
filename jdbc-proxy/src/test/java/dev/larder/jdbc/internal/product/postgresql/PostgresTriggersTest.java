package dev.larder.jdbc.internal.product.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.analysis.Verb;
import dev.larder.jdbc.internal.catalog.CatalogueDraft;
import org.junit.jupiter.api.Test;

/** What fires a trigger or a rule, by pg_trigger.tgtype and pg_rewrite.ev_type. */
final class PostgresTriggersTest {

  @Test
  void theRowAndBeforeBitsSayNothingOfTheEvent() {
    int rowAndBefore = 1 | 2;
    assertThat(PostgresTriggers.events(rowAndBefore)).isEmpty();
    assertThat(PostgresTriggers.events(rowAndBefore | 4)).containsExactly(Verb.INSERT);
    assertThat(PostgresTriggers.events(8)).containsExactly(Verb.DELETE);
    assertThat(PostgresTriggers.events(4 | 16)).containsExactlyInAnyOrder(Verb.INSERT, Verb.UPDATE);
  }

  @Test
  void aTriggerOnTruncateIsFiredByACascadeToo() {
    assertThat(PostgresTriggers.events(32))
        .containsExactlyInAnyOrder(Verb.TRUNCATE, Verb.TRUNCATE_CASCADE);
  }

  @Test
  void aRuleThatNobodyKnowsIsSetOffByAnyChangeOfRows() {
    assertThat(PostgresRules.event("2")).containsExactly(Verb.UPDATE);
    assertThat(PostgresRules.event("3")).containsExactly(Verb.INSERT);
    assertThat(PostgresRules.event("4")).containsExactly(Verb.DELETE);
    assertThat(PostgresRules.event("?")).isEqualTo(CatalogueDraft.ROW_VERBS);
  }
}
