package dev.larder.jdbc.internal.source.binlog;

import static dev.larder.jdbc.internal.source.Elsewhere.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.source.Elsewhere;
import dev.larder.testkit.BinlogServer;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A transaction that is in the log and has still to be committed: its event has come, and nobody
 * sees it. An answer that is read meanwhile must not stay.
 */
final class EventBeforeItsCommitTest {

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void anAnswerThatIsReadInBetweenIsNotKept(Product product) throws Exception {
    try (BinlogServer server = Databases.binlogServer(product);
        TestDatabase database = server.fresh()) {
      Elsewhere.shelve(database);
      try (Elsewhere here =
              new Elsewhere(
                      database, "larder.invalidation.mysql", "binlog", "larder.max-staleness", "1h")
                  .untilCovered();
          Connection other = database.connect()) {
        here.keep(Elsewhere.TITLE);
        database.execute(hold(product));
        long changes = here.report().changes();
        Thread committing = new Thread(() -> commit(other));
        committing.setDaemon(true);
        committing.start();
        until("the event has come", () -> here.report().changes() > changes);
        for (int i = 0; i < 20 && committing.isAlive(); i++) {
          if (here.title().equals("v0")) {
            assertThat(here.isHit(Elsewhere.TITLE)).isFalse();
          }
        }
        database.execute(release(product));
        committing.join(Elsewhere.PATIENCE.toMillis());
        until("the change is seen", () -> here.title().equals("v1"));
        here.keep(Elsewhere.TITLE);
        assertThat(here.title()).isEqualTo("v1");
      }
    }
  }

  /**
   * MariaDB waits for a replica that never comes; MySQL, of which this release comes without that
   * plugin, for a second.
   */
  private static String[] hold(Product product) {
    return product == Product.MARIADB
        ? new String[] {
          "set global rpl_semi_sync_master_timeout = 60000",
          "set global rpl_semi_sync_master_wait_point = 'AFTER_SYNC'",
          "set global rpl_semi_sync_master_enabled = 1"
        }
        : new String[] {
          "set global sync_binlog = 0", "set global binlog_group_commit_sync_delay = 1000000"
        };
  }

  private static String release(Product product) {
    return product == Product.MARIADB
        ? "set global rpl_semi_sync_master_enabled = 0"
        : "set global binlog_group_commit_sync_delay = 0";
  }

  private static void commit(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("update book set title = 'v1' where id = 1");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
