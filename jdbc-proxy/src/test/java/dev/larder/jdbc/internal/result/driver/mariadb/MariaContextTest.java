package dev.larder.jdbc.internal.result.driver.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.result.driver.Gaps;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.Connection;

/** What the driver's settings are is asked of it once, and not with every answer. */
final class MariaContextTest {

  private final MariaBehavior behavior = new MariaBehavior(Gaps.NONE);

  @Test
  void connectionsThatAreConfiguredAlikeShareOne() throws Exception {
    try (TestDatabase database = Databases.mariadb();
        Connection first = connect(database, "");
        Connection second = connect(database, "");
        Connection other = connect(database, "transformedBitIsBoolean=false")) {
      MariaContext context = behavior.context(first);
      assertThat(behavior.context(second)).isSameAs(context);
      assertThat(context.text()).isSameAs(context.text());
      assertThat(behavior.context(other)).isNotSameAs(context);
      assertThat(behavior.context(other).text()).isNotEqualTo(context.text());
      assertThat(behavior.context(first).text()).isEqualTo(context.text());
    }
  }

  private static Connection connect(TestDatabase database, String option) throws SQLException {
    String url = database.url();
    return DriverManager.getConnection(
            url + (url.contains("?") ? "&" : "?") + option,
            database.username(),
            database.password())
        .unwrap(Connection.class);
  }
}
