package dev.larder.jdbc.internal.result.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is added to a column is what it holds, packed or not, NULL or not. */
final class ColumnValuesTest {

  private static <V extends Values, T> void roundTrip(
      V values, List<@Nullable T> rows, BiConsumer<V, T> add, BiFunction<V, Integer, T> get) {
    for (T row : rows) {
      if (row == null) {
        values.addNull();
      } else {
        add.accept(values, row);
      }
    }
    values.trim();
    assertThat(values.size()).isEqualTo(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      T row = rows.get(i);
      assertThat(values.isNull(i)).as("row " + i).isEqualTo(row == null);
      if (row != null) {
        assertThat(get.apply(values, i)).as("row " + i).isEqualTo(row);
      }
    }
    assertThat(values.bytes()).isPositive();
  }

  private static <T> List<@Nullable T> some(
      int count, java.util.function.Function<Random, T> make) {
    Random random = new Random(count);
    List<@Nullable T> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(random.nextInt(4) == 0 ? null : make.apply(random));
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 8, 9, 63, 64, 65, 1000})
  void everyKindHoldsWhatItWasGiven(int count) {
    roundTrip(new IntValues(), some(count, Random::nextInt), IntValues::add, IntValues::get);
    roundTrip(new LongValues(), some(count, Random::nextLong), LongValues::add, LongValues::get);
    roundTrip(
        new DoubleValues(), some(count, Random::nextDouble), DoubleValues::add, DoubleValues::get);
    roundTrip(new BitValues(), some(count, Random::nextBoolean), BitValues::add, BitValues::get);
    roundTrip(
        new ByteValues(),
        some(count, random -> bytes(random, random.nextInt(20))),
        ByteValues::add,
        ByteValues::get);
    roundTrip(
        new DecimalValues(),
        some(count, random -> BigDecimal.valueOf(random.nextInt(1_000_000), 2)),
        DecimalValues::add,
        DecimalValues::get);
    roundTrip(
        new TextValues(),
        some(count, random -> "text " + random.nextInt(100)),
        TextValues::add,
        TextValues::get);
    roundTrip(
        new ObjectValues<Object>(),
        some(count, random -> (Object) random.nextLong()),
        (values, value) -> values.add(value, 24),
        ObjectValues::get);
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void decimalsOfSeveralScalesAndSizesShareAColumn() {
    List<@Nullable BigDecimal> rows =
        List.of(
            new BigDecimal("1.5"),
            new BigDecimal("1.50"),
            new BigDecimal("-7"),
            new BigDecimal(BigInteger.TWO.pow(200), 3),
            new BigDecimal("1E-200"),
            new BigDecimal("1E+5"));
    roundTrip(new DecimalValues(), rows, DecimalValues::add, DecimalValues::get);
  }

  @Test
  void textsOfAnyCharactersShareAColumn() {
    List<@Nullable String> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add("plain");
      rows.add("caf\u00e9");
    }
    rows.add("\u4e66");
    rows.add("\ud83d\ude00");
    rows.add("half \ud83d a pair");
    rows.add(null);
    rows.add("");
    rows.add("plain again");
    roundTrip(new TextValues(), rows, TextValues::add, TextValues::get);
  }

  @Test
  void bytesAreCopies() {
    ByteValues values = new ByteValues();
    byte[] given = {1, 2};
    values.add(given);
    given[0] = 9;
    values.trim();
    values.get(0)[1] = 9;
    assertThat(values.get(0)).containsExactly(1, 2);
    assertThat(values.length(0)).isEqualTo(2);
    assertThat(values.at(0, 1)).isEqualTo((byte) 2);
  }

  @Test
  void aTrimmedColumnWeighsWhatItHolds() {
    TextValues texts = new TextValues();
    LongValues numbers = new LongValues();
    for (int i = 0; i < 10_000; i++) {
      texts.add("0123456789");
      numbers.add(i);
    }
    texts.trim();
    numbers.trim();
    assertThat(texts.bytes()).isBetween(140_000L, 141_000L);
    assertThat(numbers.bytes()).isBetween(80_000L, 81_000L);
  }
}
