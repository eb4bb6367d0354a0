package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Symptom: with row security by a setting whose name begins like a harmless one ({@code
 * log_tenant.id}), one tenant was served another's rows. And where a request sets its tenant for
 * its transaction only, as it should, each request threw its physical connection away: sixty
 * requests, sixty backends.
 */
class TenantSettingsTest {

  private static final String MINE = "select what from secret order by what";

  private final TestDatabase database = Databases.postgres();
  private final String user = database.name() + "_app";
  private LarderDataSource larder;

  @BeforeEach
  void anApplicationUser() {
    database.execute(
        "create role " + user + " login password 'app-test'",
        "create table secret (tenant text, what text)",
        "insert into secret select 't' || n, 'of t' || n from generate_series(0, 9) n",
        "alter table secret enable row level security",
        "grant select on secret to " + user);
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.pool.maximum-size", "2");
    larder =
        LarderDataSource.builder()
            .url(database.url())
            .username(user)
            .password("app-test")
            .settings(settings)
            .build();
  }

  @AfterEach
  void close() {
    larder.close();
    database.execute("drop owned by " + user, "drop role " + user);
    database.close();
  }

  private void policy(String setting) {
    database.execute(
        "create policy own on secret using (tenant = current_setting('" + setting + "', true))");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"log_tenant.id", "enable_x.tenant", "jit.tenant", "cpu.t", "app.tenant", "Geqo.T"})
  void aSettingOfAnyNameIsPartOfTheKey(String setting) throws SQLException {
    policy(setting);
    for (String tenant : List.of("t1", "t2", "t1", "t3")) {
      try (Connection c = larder.getConnection()) {
        run(c, "set " + setting + " = '" + tenant + "'");
        assertThat(rows(c, MINE)).containsExactly("of " + tenant);
      }
      try (Connection c = larder.getConnection()) {
        assertThat(rows(c, MINE)).isEmpty();
        tenant(c, setting, tenant, false);
        assertThat(rows(c, MINE)).containsExactly("of " + tenant);
      }
    }
    assertThat(larder.statistics().hits()).isPositive();
  }

  @Test
  void aTenantOfATransactionCostsNoConnectionAndHits() throws SQLException {
    policy("app.tenant");
    Set<Integer> backends = new HashSet<>();
    for (int request = 0; request < 60; request++) {
      String tenant = "t" + request % 3;
      try (Connection c = larder.getConnection()) {
        c.setAutoCommit(false);
        tenant(c, "app.tenant", tenant, true);
        for (int read = 0; read < 3; read++) {
          assertThat(rows(c, MINE)).containsExactly("of " + tenant);
        }
        backends.add(backend(c));
        c.commit();
        assertThat(rows(c, MINE)).isEmpty();
        c.rollback();
      }
    }
    assertThat(backends.size()).isLessThanOrEqualTo(2);
    // Three reads each, of which the first of a tenant only runs, and twice before all is known.
    assertThat(larder.statistics().hits()).isGreaterThan(150);
  }

  @Test
  void aTenantOfASessionIsUndoneAndItsConnectionKept() throws SQLException {
    policy("app.tenant");
    Set<Integer> backends = new HashSet<>();
    for (int request = 0; request < 30; request++) {
      try (Connection c = larder.getConnection()) {
        assertThat(rows(c, MINE)).isEmpty();
        run(c, "set app.tenant = 't" + request % 3 + "'");
        assertThat(rows(c, MINE)).containsExactly("of t" + request % 3);
        backends.add(backend(c));
      }
    }
    assertThat(backends.size()).isLessThanOrEqualTo(2);
  }

  /** Once set, a made-up setting is empty rather than missing, even where its transaction ended. */
  @Test
  void aSettingThatIsEmptyNowIsNotOneThatWasNeverThere() throws SQLException {
    database.execute(
        "create policy own on secret using (current_setting('app.tenant', true) is null"
            + " or tenant = current_setting('app.tenant', true))");
    try (Connection other = larder.getConnection();
        Connection c = larder.getConnection()) {
      assertThat(rows(c, MINE)).hasSize(10);
      assertThat(rows(other, MINE)).hasSize(10);
      c.setAutoCommit(false);
      tenant(c, "app.tenant", "t1", true);
      assertThat(rows(c, MINE)).containsExactly("of t1");
      c.commit();
      assertThat(rows(c, MINE)).isEmpty();
      assertThat(rows(other, MINE)).hasSize(10);
      c.rollback();
      assertThat(rows(c, MINE)).isEmpty();
    }
  }

  private static void tenant(Connection c, String setting, String tenant, boolean local)
      throws SQLException {
    try (PreparedStatement set =
        c.prepareStatement("select set_config('" + setting + "', ?, " + local + ")")) {
      set.setString(1, tenant);
      set.executeQuery().close();
    }
  }

  private static int backend(Connection c) throws SQLException {
    return Integer.parseInt(rows(c, "select pg_backend_pid()").get(0));
  }

  private static void run(Connection c, String sql) throws SQLException {
    try (Statement statement = c.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> rows(Connection c, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (PreparedStatement statement = c.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
