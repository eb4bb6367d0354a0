package dev.larder.hibernate.internal.region;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.internal.link.StoredColumn;
import dev.larder.hibernate.internal.link.StoredColumn.Product;
import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether a state comes back as it was written. */
final class FidelityTest {

  private static final StoredColumn SHORT =
      new StoredColumn(Product.POSTGRESQL, "varchar", Types.VARCHAR, 3, 0, true);

  private static final StoredColumn LONG =
      new StoredColumn(Product.POSTGRESQL, "varchar", Types.VARCHAR, 30, 0, true);

  @Test
  void everyPropertyHasToComeBack() {
    Fidelity exact = new Fidelity.Exact(List.of(List.of(SHORT), List.of(LONG)));
    assertThat(exact.keeps(new Object[] {"abc", "abcd"})).isTrue();
    assertThat(exact.keeps(new Object[] {"abcd", "abc"})).isFalse();
  }

  @Test
  void aStateOfAnotherLengthIsNotTheOneThatWasJudged() {
    assertThat(new Fidelity.Exact(List.of(List.of(LONG))).keeps(new Object[0])).isFalse();
  }

  @Test
  void aPropertyWithoutColumnsIsNothingToLose() {
    assertThat(new Fidelity.Exact(List.of(List.of())).keeps(new Object[] {"anything"})).isTrue();
  }

  @Test
  void eachPartOfACompositeHasToFitEachColumn() {
    List<StoredColumn> columns = List.of(SHORT, LONG);
    assertThat(Fidelity.keeps(columns, new Object[] {"a", new Object[] {"b", null}})).isTrue();
    assertThat(Fidelity.keeps(columns, new Object[] {"a", "too long"})).isFalse();
  }

  @Test
  void whatMayDifferIsNeverKept() {
    assertThat(new Fidelity.Inexact("why").keeps(new Object[0])).isFalse();
  }
}
