package dev.larder.jdbc.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ValueHash;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Values that a database holds for equal have one hash; of others nothing is claimed. */
final class ColumnKindTest {

  private static final String ID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";

  @Test
  void wholeNumbersAreEqualWhateverTheirClass() {
    Integer five = ValueHash.of(5L);
    for (Object value : new Object[] {(byte) 5, (short) 5, 5, 5L, BigInteger.valueOf(5)}) {
      assertThat(ColumnKind.WHOLE_NUMBER.hash(value)).isEqualTo(five);
    }
    assertThat(ColumnKind.WHOLE_NUMBER.hash(new BigDecimal("5.00"))).isEqualTo(five);
  }

  @Test
  void whatTheDatabaseWouldConvertFirstHasNoHash() {
    assertThat(ColumnKind.WHOLE_NUMBER.hash("5")).isNull();
    assertThat(ColumnKind.WHOLE_NUMBER.hash(5.0)).isNull();
    assertThat(ColumnKind.WHOLE_NUMBER.hash(new BigDecimal("5.5"))).isNull();
    assertThat(ColumnKind.WHOLE_NUMBER.hash(BigInteger.TWO.pow(64))).isNull();
    assertThat(ColumnKind.TEXT.hash(5)).isNull();
    assertThat(ColumnKind.UUID.hash(ID)).isNull();
  }

  @Test
  void literalsCountWhereTheyMeanOneThingOnly() {
    assertThat(ColumnKind.WHOLE_NUMBER.literal("42")).isEqualTo(42L);
    assertThat(ColumnKind.WHOLE_NUMBER.literal("4.2")).isNull();
    assertThat(ColumnKind.WHOLE_NUMBER.literal("'42'")).isNull();
    assertThat(ColumnKind.TEXT.literal("'it''s'")).isEqualTo("it's");
    assertThat(ColumnKind.TEXT.literal("E'it\\'s'")).isNull();
    assertThat(ColumnKind.TEXT.literal("'back\\slash'")).isNull();
    assertThat(ColumnKind.UUID.literal("'" + ID.toUpperCase(java.util.Locale.ROOT) + "'"))
        .isEqualTo(UUID.fromString(ID));
    assertThat(ColumnKind.UUID.literal("'6f96'")).isNull();
  }

  @Test
  void whatASourcePrintsIsReadAsTheValue() {
    assertThat(ColumnKind.WHOLE_NUMBER.hashOfNamed("-5")).isEqualTo(ValueHash.of(-5L));
    assertThat(ColumnKind.WHOLE_NUMBER.hashOfNamed("five")).isNull();
    assertThat(ColumnKind.UUID.hashOfNamed(ID)).isEqualTo(ValueHash.of(UUID.fromString(ID)));
    assertThat(ColumnKind.TEXT.hashOfNamed("5")).isEqualTo(ValueHash.of("5"));
  }
}
