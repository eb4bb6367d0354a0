package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

final class WriteSkew implements Probe {

  @Override
  public String sentence() {
    return "SERIALIZABLE still prevents write skew when both had their reads in memory.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL, Product.MARIADB, Product.MYSQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given(
        "create table duty (doctor int primary key, present int)",
        "insert into duty values (1, 1), (2, 1)");
    if (story.product().speaksMySql()) {
      story.given("set global innodb_lock_wait_timeout = 1");
    }
    String present = "select sum(present) from duty";
    story.assertCached(present);
    try (Client one = story.client();
        Client two = story.client()) {
      one.begin(Connection.TRANSACTION_SERIALIZABLE);
      two.begin(Connection.TRANSACTION_SERIALIZABLE);
      one.expects("2", present);
      two.expects("2", present);
      boolean first = leaves(one, 1);
      boolean second = leaves(two, 2);
      if (first && second) {
        story.same("one of two transactions fails", "both commit", present);
      }
    } finally {
      if (story.product().speaksMySql()) {
        story.given("set global innodb_lock_wait_timeout = default");
      }
    }
    story.assertRight(present);
  }

  private static boolean leaves(Client doctor, int number) throws SQLException {
    try {
      doctor.run("update duty set present = 0 where doctor = " + number);
      doctor.commit();
      return true;
    } catch (SQLException prevented) {
      doctor.rollback();
      return false;
    }
  }
}
