package dev.larder.jdbc.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ChangeSetBuilder;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.analysis.Operand;
import dev.larder.jdbc.internal.bind.BoundValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What executions write together is the sum of what each of them writes. */
final class RowsTogetherTest {

  private static final TableName BOOK = new TableName("public", "book");
  private static final TableName STOCK = new TableName("public", "stock");
  private static final ChangeSet BOTH = ChangeSet.ofTables(List.of(BOOK, STOCK));

  private static RowsWritten.OfColumn column(
      String name, List<Operand> compared, List<Operand> given) {
    return new RowsWritten.OfColumn(name, ColumnKind.WHOLE_NUMBER, compared, given, 0, 99);
  }

  private static RowsWritten rows() {
    Operand id = new Operand.Literal(0);
    Operand from = new Operand.Literal(1);
    Operand to = new Operand.Literal(2);
    RowsWritten stock =
        new RowsWritten(
            STOCK, List.of(column("book", List.of(), List.of(id))), RowsWritten.Fate.ANY, null);
    return new RowsWritten(
            BOOK,
            List.of(
                column("id", List.of(id), List.of()),
                column("author", List.of(from), List.of(to)),
                column("n", List.of(), List.of(to))),
            RowsWritten.Fate.assigned(Set.of("author", "n")),
            "id")
        .followedBy(List.of(stock));
  }

  private static Execution of(int... literals) {
    List<String> texts = new ArrayList<>();
    for (int literal : literals) {
      texts.add(Integer.toString(literal));
    }
    return new Execution(texts, BoundValues.NONE);
  }

  @Test
  void isTheSumOfWhatEachOfThemWrites() {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    System.out.println("rows together, seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 500; round++) {
      RowsWritten rows = rows();
      RowsTogether together = new RowsTogether(rows);
      ChangeSetBuilder sum = new ChangeSetBuilder();
      int most = random.nextBoolean() ? 100 : 103;
      for (int i = 1 + random.nextInt(6); i > 0; i--) {
        // What is greater than 99 may be stored as another number; -1 is none that is told.
        Execution each =
            of(random.nextInt(100), random.nextInt(most) - most / 103, random.nextInt(most));
        together.add(each);
        sum.add(rows.within(BOTH, each));
      }
      assertThat(together.within(BOTH)).as("seed %d", seed).isEqualTo(sum.build());
    }
  }

  @Test
  void moreValuesThanAreRememberedAreAny() {
    RowsWritten.OfColumn id =
        new RowsWritten.OfColumn(
            "id",
            ColumnKind.WHOLE_NUMBER,
            List.of(new Operand.Literal(0)),
            List.of(),
            Long.MIN_VALUE,
            Long.MAX_VALUE);
    RowsWritten rows =
        new RowsWritten(BOOK, List.of(id), RowsWritten.Fate.assigned(Set.of("n")), "id");
    RowsTogether together = new RowsTogether(rows);
    ChangeSetBuilder sum = new ChangeSetBuilder();
    for (int i = 0; i <= ChangeSetBuilder.MOST_VALUES; i++) {
      assertThat(written(together).values()).containsKey("id");
      together.add(of(i));
      sum.add(rows.within(BOTH, of(i)));
    }
    assertThat(written(together).values()).isEmpty();
    assertThat(together.within(BOTH)).isEqualTo(sum.build());
  }

  private static RowChange written(RowsTogether together) {
    return Objects.requireNonNull(together.within(BOTH).rows().get(BOOK));
  }
}
