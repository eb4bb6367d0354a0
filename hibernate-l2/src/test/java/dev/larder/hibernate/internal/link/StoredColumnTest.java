package dev.larder.hibernate.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.internal.link.StoredColumn.Product;
import java.sql.Types;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Which values a column gives back as they were written. */
final class StoredColumnTest {

  private static StoredColumn text(Product product, int length) {
    return new StoredColumn(product, "varchar", Types.VARCHAR, length, 0, true);
  }

  @Test
  void aTextThatIsTooLongIsCutOff() {
    assertThat(text(Product.POSTGRESQL, 3).keepsValue("abc")).isTrue();
    assertThat(text(Product.POSTGRESQL, 3).keepsValue("abcd")).isFalse();
    assertThat(text(Product.POSTGRESQL, 0).keepsValue("abcd")).isTrue();
  }

  @Test
  void eachProductHasTextsThatItReplaces() {
    assertThat(text(Product.H2, 9).keepsValue("")).isFalse();
    assertThat(text(Product.POSTGRESQL, 9).keepsValue("")).isTrue();
    assertThat(text(Product.MARIADB, 9).keepsValue("\u00e9")).isFalse();
    assertThat(text(Product.POSTGRESQL, 9).keepsValue("\u00e9")).isTrue();
  }

  @Test
  void nullIsKeptWhereItMayStand() {
    StoredColumn notNull =
        new StoredColumn(Product.POSTGRESQL, "int4", Types.INTEGER, 10, 0, false);
    assertThat(notNull.keepsValue(null)).isFalse();
    assertThat(text(Product.POSTGRESQL, 3).keepsValue(null)).isTrue();
  }

  @Test
  void numbersThatSomeDatabaseWritesDifferently() {
    StoredColumn number =
        new StoredColumn(Product.H2, "double precision", Types.DOUBLE, 0, 0, true);
    assertThat(number.keepsValue(1.5)).isTrue();
    assertThat(number.keepsValue(-0.0)).isFalse();
    assertThat(number.keepsValue(Double.NaN)).isFalse();
    assertThat(number.keepsValue(Float.POSITIVE_INFINITY)).isFalse();
  }

  @Test
  void datesOfWhichDriversAgree() {
    StoredColumn date = new StoredColumn(Product.POSTGRESQL, "date", Types.DATE, 0, 0, true);
    assertThat(date.keepsValue(LocalDate.of(2024, 2, 29))).isTrue();
    assertThat(date.keepsValue(LocalDate.of(1500, 1, 1))).isFalse();
    assertThat(date.keepsValue(LocalDate.of(10_000, 1, 1))).isFalse();
  }
}
