package dev.larder.jdbc.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.Origin;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.invalidation.ledger.Footprint;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.Stamp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ForgottenAnswersTest {

  private static final TableName BOOK = new TableName("public", "book");
  private static final TableName AUTHOR = new TableName("public", "author");

  private final Ledger ledger = Ledger.unshared(new DatabaseIdentity("test", "db"));
  private final ForgottenAnswers forgotten = new ForgottenAnswers();

  private Stamp stamp(TableName... tables) {
    return ledger.track(Footprint.of(List.of(tables), List.of())).stamp();
  }

  private void changed(TableName table) {
    ledger.changed(ChangeSet.ofTables(List.of(table)), Origin.COMMIT);
  }

  @Test
  void theTableThatMovedIsNamedAndNoOther() {
    Stamp both = stamp(BOOK, AUTHOR);
    changed(AUTHOR);
    forgotten.note("select", both);
    assertThat(forgotten.of("select")).isEqualTo(Map.of("public.author", 1L));
    assertThat(forgotten.byTable()).isEqualTo(Map.of("public.author", 1L));
    assertThat(forgotten.of("another")).isEmpty();
  }

  @Test
  void whatIsOnlyTooOldHasNoTable() {
    forgotten.note("select", stamp(BOOK));
    assertThat(forgotten.of("select")).isEqualTo(Map.of("(age)", 1L));
  }

  @Test
  void everythingIsNoTablesDoing() {
    Stamp before = stamp(BOOK);
    ledger.changed(ChangeSet.EVERYTHING, Origin.HOOK);
    forgotten.note("select", before);
    assertThat(forgotten.of("select")).isEqualTo(Map.of("(everything)", 1L));
  }

  @Test
  void theMostComeFirst() {
    for (int i = 0; i < 3; i++) {
      Stamp before = stamp(AUTHOR, BOOK);
      changed(i == 0 ? AUTHOR : BOOK);
      forgotten.note("select", before);
    }
    assertThat(forgotten.of("select").keySet()).containsExactly("public.book", "public.author");
  }

  @Test
  void neitherTheTablesOfATemplateNorTheTemplatesGrowForEver() {
    for (int i = 0; i < 1_000; i++) {
      TableName table = new TableName("public", "t" + i);
      Stamp before = stamp(table);
      changed(table);
      forgotten.note("select", before);
    }
    assertThat(forgotten.of("select").size()).isLessThanOrEqualTo(17);
    assertThat(forgotten.of("select").values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(1_000);
    for (int i = 0; i < 30_000; i++) {
      forgotten.note("select " + i, stamp(BOOK));
    }
    int kept = 0;
    for (int i = 0; i < 30_000; i++) {
      kept += forgotten.of("select " + i).size();
    }
    assertThat(kept).isBetween(1, 10_000);
  }
}
