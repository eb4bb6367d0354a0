package dev.larder.jdbc.internal.source.binlog;

import static dev.larder.jdbc.internal.source.Elsewhere.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.InvalidSettingsException;
import dev.larder.jdbc.internal.source.Elsewhere;
import dev.larder.testkit.BinlogServer;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a server's binary log, and what is said where it does not hold every change. */
final class BinaryLogServerTest {

  private static final String[] BINLOG = {
    "larder.invalidation.mysql", "binlog", "larder.max-staleness", "1h"
  };

  private static void assertRefused(Elsewhere here, String... said) throws SQLException {
    assertThat(here.title()).isEqualTo("v0");
    until("it is said", () -> here.report().problem() != null);
    assertThat(here.report().problem()).contains(said);
    assertThat(here.covers()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void filesThatEndAndALogThatBeginsAnew(Product product) throws SQLException {
    try (BinlogServer server = Databases.binlogServer(product);
        TestDatabase database = server.fresh()) {
      Elsewhere.shelve(database);
      try (Elsewhere here = new Elsewhere(database, BINLOG).untilCovered()) {
        for (int i = 0; i < 5; i++) {
          here.keep(Elsewhere.TITLE);
          database.execute(
              "update book set title = 'a" + i + "' where id = 1", "flush binary logs");
          String title = "a" + i;
          until("it is seen", () -> here.title().equals(title));
          here.writeAndSee("b" + i);
        }
        assertThat(here.report().gaps()).isEqualTo(1);
        database.execute("reset master", "update book set title = 'new' where id = 1");
        until("it is seen", () -> here.title().equals("new"));
        here.untilCovered();
        here.writeAndSee("later");
        server.kill();
        server.restart();
        until(
            "it covers again",
            () -> {
              try {
                return here.title().equals("later") && here.covers();
              } catch (SQLException stillAway) {
                return false;
              }
            });
        here.writeAndSee("last");
      }
    }
  }

  /** What the client does not understand counts as anything. */
  @Test
  void compressedEvents() throws SQLException {
    try (BinlogServer server =
            Databases.binlogServer(
                Product.MARIADB, "--log-bin-compress=ON", "--log-bin-compress-min-len=10");
        TestDatabase database = server.fresh()) {
      Elsewhere.shelve(database);
      try (Elsewhere here = new Elsewhere(database, BINLOG).untilCovered()) {
        String title = "long enough to be worth while";
        here.writeAndSee(title);
        here.writeAndSee("short");
        here.see("select count(*) from book", "delete from book where id = 2", "1");
      }
    }
  }

  @Test
  void aServerWithoutALog() throws SQLException {
    try (TestDatabase database = Databases.mysql()) {
      Elsewhere.shelve(database);
      try (Elsewhere here = new Elsewhere(database, BINLOG)) {
        assertRefused(here, "keeps no binary log", "log_bin");
      }
    }
    try (BinlogServer server = Databases.binlogServer(Product.MYSQL, "--gtid-mode=OFF");
        TestDatabase database = server.fresh()) {
      Elsewhere.shelve(database);
      try (Elsewhere here = new Elsewhere(database, BINLOG)) {
        assertRefused(here, "gtid_mode is OFF", "gtid_mode=ON");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void aLogThatLeavesDatabasesOutOrSessionsThatLeaveItOut(Product product) throws SQLException {
    try (BinlogServer server = Databases.binlogServer(product, "--binlog-ignore-db=elsewhere");
        TestDatabase database = server.fresh()) {
      Elsewhere.shelve(database);
      try (Elsewhere here = new Elsewhere(database, BINLOG)) {
        assertRefused(here, "binlog-ignore-db");
      }
    }
    try (BinlogServer server = Databases.binlogServer(product);
        TestDatabase database = server.fresh()) {
      Elsewhere.shelve(database);
      database.execute("set global init_connect = 'set sql_log_bin = 0'");
      try (Elsewhere here = new Elsewhere(database, BINLOG)) {
        assertRefused(here, "init_connect sets sql_log_bin");
        database.execute("set global init_connect = ''", "set global binlog_format = 'MIXED'");
        here.untilCovered();
        until("the format is said", () -> here.report().problem() != null);
        assertThat(here.report().problem()).contains("binlog_format is MIXED");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void aUserWhoMayNotReadTheLog(Product product) throws SQLException {
    try (TestDatabase database = Databases.logging(product)) {
      Elsewhere.shelve(database);
      String user = "u_" + database.name();
      String by =
          product == Product.MARIADB
              ? " identified by 'secret-word'"
              : " identified with mysql_native_password by 'secret-word'";
      database.execute(
          "create user " + user + by, "grant select on " + database.name() + ".* to " + user);
      String[] settings = {
        "larder.invalidation.mysql",
        "binlog",
        "larder.invalidation.mysql.url",
        database.url() + "?user=" + user + "&password=secret-word"
      };
      try (Elsewhere here = new Elsewhere(database, settings)) {
        assertRefused(here, "GRANT", "REPLICATION SLAVE ON *.* TO <user>");
        assertThat(here.report().problem()).doesNotContain("secret-word");
        database.execute(
            "grant "
                + (product == Product.MARIADB ? "binlog monitor" : "replication client")
                + " on *.* to "
                + user);
        until(
            "what is left is said",
            () -> String.valueOf(here.report().problem()).contains("GRANT REPLICATION S"));
        database.execute("grant replication slave on *.* to " + user);
        here.untilCovered();
        here.writeAndSee("granted");
      } finally {
        database.execute("drop user " + user);
      }
    }
  }

  @Test
  void whatCannotBeIsRefusedAtTheStart() {
    try (TestDatabase h2 = Databases.h2()) {
      assertThatThrownBy(() -> new Elsewhere(h2, BINLOG))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining("larder.invalidation.mysql = binlog")
          .hasMessageContaining("jdbc:mysql:");
      assertThatThrownBy(
              () ->
                  new Elsewhere(
                      h2,
                      "larder.invalidation.mysql",
                      "binlog",
                      "larder.invalidation.mysql.url",
                      "jdbc:postgresql://me:secret-word@there"))
          .isInstanceOf(InvalidSettingsException.class)
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret-word"));
    }
  }
}
