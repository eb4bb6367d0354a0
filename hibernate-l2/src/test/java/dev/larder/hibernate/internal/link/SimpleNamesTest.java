package dev.larder.hibernate.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ValueHash;
import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Names and values as they are told apart without a catalogue. */
final class SimpleNamesTest {

  @Test
  void theLastNameCountsWhateverItsCaseAndQuotes() {
    TableName book = new TableName("", "book");
    assertThat(SimpleNames.table("book")).isEqualTo(book);
    assertThat(SimpleNames.table("PUBLIC.Book")).isEqualTo(book);
    assertThat(SimpleNames.table("`shop`.`Book`")).isEqualTo(book);
    assertThat(SimpleNames.table("[dbo].[BOOK]")).isEqualTo(book);
    assertThat(SimpleNames.column("b.\"Title\"")).isEqualTo("title");
  }

  @Test
  void wholeNumbersOfAnySizeHaveOneHash() {
    assertThat(SimpleNames.hash(7))
        .isEqualTo(SimpleNames.hash(7L))
        .isEqualTo(SimpleNames.hash((short) 7))
        .isEqualTo(ValueHash.of(7L));
  }

  @Test
  void whatDatabasesCompareInWaysOfTheirOwnHasNone() {
    assertThat(SimpleNames.hash("seven")).isNull();
    assertThat(SimpleNames.hash(new BigDecimal("7.0"))).isNull();
    assertThat(SimpleNames.hash(new UUID(1, 2))).isEqualTo(ValueHash.of(new UUID(1, 2)));
  }
}
