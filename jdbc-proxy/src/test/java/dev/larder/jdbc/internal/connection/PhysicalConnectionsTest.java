package dev.larder.jdbc.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.internal.datasource.Products;
import dev.larder.jdbc.internal.pool.Origin;
import dev.larder.jdbc.internal.pool.Pool;
import dev.larder.jdbc.internal.session.Backend;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.Restoration;
import dev.larder.jdbc.internal.session.SessionBaseline;
import dev.larder.jdbc.internal.settings.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection is borrowed for a question, and given back whatever comes of it. */
class PhysicalConnectionsTest {

  private static final PhysicalProfile PROFILE =
      new PhysicalProfile(
          new SessionBaseline(
              Products.UNKNOWN.sessionRules(),
              null,
              new SessionBaseline.Driver("driver", "1.0"),
              Map.of("user", "reader"),
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

  private Pool<PhysicalProfile> pool;
  private PhysicalConnections connections;

  @BeforeEach
  void open() {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:");
    pool = new Pool<>(Origin.of(h2), Settings.DEFAULTS.connections().pool(), raw -> PROFILE);
    connections = pool::borrow;
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void aQuestionIsAskedInAutoCommit() throws SQLException {
    PhysicalConnections inTransaction =
        () -> {
          var borrowed = pool.borrow();
          borrowed.connection().setAutoCommit(false);
          return borrowed;
        };
    Boolean autoCommit = inTransaction.ask(Connection::getAutoCommit);
    assertThat(autoCommit).isTrue();
  }

  @Test
  void itsAnswerMayBeThatThereIsNone() throws SQLException {
    String none = connections.ask(connection -> null);
    assertThat(none).isNull();
  }

  @Test
  void whatIsKnownOfTheConnectionIsTold() throws SQLException {
    PhysicalProfile told = connections.askProfiled((connection, profile) -> profile);
    assertThat(told).isSameAs(PROFILE);
  }

  @Test
  void theConnectionIsGivenBackAfterAnAnswer() throws SQLException {
    Integer active = connections.ask(connection -> pool.active());
    assertThat(active).isEqualTo(1);
    assertThat(pool.active()).isZero();
  }

  @Test
  void theConnectionIsGivenBackAfterAFailure() {
    assertThatThrownBy(
            () ->
                connections.ask(
                    connection -> {
                      throw new SQLException("no such table", "42P01");
                    }))
        .hasMessage("no such table");
    assertThat(pool.active()).isZero();
  }

  @Test
  void unlessSomebodySaysOtherwiseThereWillBeMore() {
    assertThat(connections.isClosed()).isFalse();
  }
}
