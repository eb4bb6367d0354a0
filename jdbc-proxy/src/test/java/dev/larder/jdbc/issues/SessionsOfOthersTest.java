package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.datasource.Products;
import dev.larder.jdbc.internal.session.Backend;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.Restoration;
import dev.larder.jdbc.internal.session.ServerQueries;
import dev.larder.jdbc.internal.session.SessionBaseline;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may see every session of the server can be asked, whatever user had the one that was lost.
 */
final class SessionsOfOthersTest {

  private static PhysicalProfile of(String user) {
    return new PhysicalProfile(
        new SessionBaseline(
            Products.UNKNOWN.sessionRules(),
            null,
            new SessionBaseline.Driver("a driver", "1"),
            Map.of("user", user),
            Map.of(),
            Set.of(),
            List.of(),
            null,
            null,
            true,
            Connection.TRANSACTION_READ_COMMITTED),
        Backend.UNKNOWN,
        0,
        "",
        Restoration.NONE,
        null);
  }

  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void aUserWhoMaySeeAll(TestDatabase database) throws SQLException {
    String name = database.product() == Product.MYSQL ? "mysql" : "mariadb";
    ServerQueries server = Products.named(name).serverQueries();
    try (Connection asking = database.connect()) {
      assertThat(server.wouldSee(asking, of("root"), of("somebody else"))).isTrue();
    }
  }
}
