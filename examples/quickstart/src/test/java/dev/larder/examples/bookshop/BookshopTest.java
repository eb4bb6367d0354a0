package dev.larder.examples.bookshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BookshopTest {

  @Test
  void theSameSeedBuildsTheSameShop() throws Exception {
    try (ShopDatabase one = ShopDatabase.start(ShopDatabase.Kind.H2, "one");
        ShopDatabase other = ShopDatabase.start(ShopDatabase.Kind.H2, "other");
        Connection fromOne = one.dataSource().getConnection();
        Connection fromOther = other.dataSource().getConnection()) {
      long rows = new Bookshop(Size.CORNER, 1, (r, of) -> {}).build(one);
      assertThat(new Bookshop(Size.CORNER, 1, (r, of) -> {}).build(other)).isEqualTo(rows);

      Requests requests = new Requests(Size.CORNER, 1);
      for (int n = 0; n < 500; n++) {
        Question question = requests.questionNumber(n);
        assertThat(question.ask(fromOne)).isEqualTo(question.ask(fromOther));
      }
    }
  }

  @Test
  void aChangeOfStockIsWrittenDownAndACustomerTakesEverythingAlong() throws Exception {
    try (ShopDatabase shop = ShopDatabase.start(ShopDatabase.Kind.H2, "rules");
        Connection connection = shop.dataSource().getConnection()) {
      new Bookshop(Size.CORNER, 1, (r, of) -> {}).build(shop);

      int movements = count(connection, "stock_movement where book_id = 3");
      new Change.MoveStock(3, 5).send(connection);
      assertThat(count(connection, "stock_movement where book_id = 3")).isEqualTo(movements + 1);

      assertThat(count(connection, "orders where customer_id = 2")).isPositive();
      new Change.CloseAccount(2).send(connection);
      assertThat(count(connection, "orders where customer_id = 2")).isZero();
      assertThat(count(connection, "order_line where order_id not in (select id from orders)"))
          .isZero();
    }
  }

  @Test
  void popularKeysAreDrawnInProportionToTheirRank() {
    Zipf zipf = new Zipf(1_000);
    SplittableRandom random = new SplittableRandom(11);
    int[] drawn = new int[1_001];
    for (int i = 0; i < 100_000; i++) {
      drawn[zipf.next(random)]++;
    }
    assertThat(drawn[0]).isZero();
    assertThat((double) drawn[1] / drawn[10]).isBetween(8.0, 12.0);
    assertThat(drawn[1]).isBetween(12_500, 14_200);
  }

  @Test
  void percentilesAreExactToAFewPercent() {
    LatencyRecorder recorder = new LatencyRecorder();
    for (int i = 1; i <= 100_000; i++) {
      recorder.record(i * 1_000L);
    }
    assertThat((double) recorder.percentile(0.50).toNanos()).isBetween(50_000_000.0, 51_700_000.0);
    assertThat((double) recorder.percentile(0.99).toNanos()).isBetween(99_000_000.0, 102_400_000.0);
    assertThat(new LatencyRecorder().percentile(0.5)).isZero();
  }

  private static int count(Connection connection, String of) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + of)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
