package dev.larder.jdbc.internal.product.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.catalog.CatalogueDraft.Action;
import dev.larder.jdbc.internal.catalog.RelationKind;
import org.junit.jupiter.api.Test;

/** The codes of pg_class and pg_constraint. */
final class PostgresRelationsTest {

  @Test
  void onlyWhatIsLoggedIsTracked() {
    assertThat(PostgresRelations.kind("public", "r", "p")).isEqualTo(RelationKind.TABLE);
    assertThat(PostgresRelations.kind("public", "p", "p")).isEqualTo(RelationKind.TABLE);
    assertThat(PostgresRelations.kind("public", "m", "p"))
        .isEqualTo(RelationKind.MATERIALIZED_VIEW);
    for (String kind : new String[] {"r", "p", "m"}) {
      assertThat(PostgresRelations.kind("public", kind, "u")).isEqualTo(RelationKind.UNTRACKABLE);
    }
  }

  @Test
  void systemComesBeforeTemporaryAndThatBeforeTheKind() {
    assertThat(PostgresRelations.kind("pg_catalog", "v", "t")).isEqualTo(RelationKind.SYSTEM);
    assertThat(PostgresRelations.kind("pg_temp_3", "v", "t")).isEqualTo(RelationKind.TEMPORARY);
    assertThat(PostgresRelations.kind("public", "v", "p")).isEqualTo(RelationKind.VIEW);
  }

  @Test
  void aKindThatNobodyKnowsIsUntrackable() {
    assertThat(PostgresRelations.kind("public", "?", "p")).isEqualTo(RelationKind.UNTRACKABLE);
  }

  @Test
  void whatIsUntrackableSaysWhy() {
    assertThat(PostgresRelations.detail(RelationKind.UNTRACKABLE, "f"))
        .isEqualTo("a foreign table");
    assertThat(PostgresRelations.detail(RelationKind.UNTRACKABLE, "S")).isEqualTo("a sequence");
    assertThat(PostgresRelations.detail(RelationKind.UNTRACKABLE, "r")).contains("unlogged");
    assertThat(PostgresRelations.detail(RelationKind.TABLE, "r")).isEmpty();
  }

  @Test
  void anActionThatNobodyKnowsIsUntold() {
    assertThat(PostgresRelations.action("a")).isEqualTo(Action.NONE);
    assertThat(PostgresRelations.action("r")).isEqualTo(Action.NONE);
    assertThat(PostgresRelations.action("n")).isEqualTo(Action.SET);
    assertThat(PostgresRelations.action("d")).isEqualTo(Action.SET);
    assertThat(PostgresRelations.action("c")).isEqualTo(Action.CASCADE);
    assertThat(PostgresRelations.action("?")).isEqualTo(Action.UNTOLD);
  }
}
