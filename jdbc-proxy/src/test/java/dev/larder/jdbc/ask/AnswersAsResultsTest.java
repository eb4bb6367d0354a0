package dev.larder.jdbc.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.TestDatabase;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Types;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An answer of Larder's own is a result as any other, and needs no database. */
final class AnswersAsResultsTest {

  /** A database that is down. */
  private static final class Down implements DataSource {
    @Override
    public Connection getConnection() throws SQLException {
      throw new SQLException("down", "08001");
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
      throw new SQLException("down", "08001");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("no");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }

  @Test
  void aDatabaseThatIsDownIsAskedNothing() throws SQLException {
    try (LarderDataSource larder = LarderDataSource.wrap(new Down());
        Connection connection = larder.getConnection();
        Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("SHOW LARDER STATUS")) {
      for (String topic :
          new String[] {
            "status", "queries", "tables", "sources", "nodes", "pool", "replicas", "settings"
          }) {
        try (ResultSet answer = statement.executeQuery("show larder " + topic)) {
          assertThat(answer.getMetaData().getColumnCount()).isGreaterThan(2);
        }
      }
      try (ResultSet answer = prepared.executeQuery()) {
        assertThat(answer.next()).isTrue();
      }
      assertThat(Asked.on(connection, "explain larder last").rows()).hasSize(1);
      assertThatThrownBy(() -> statement.executeQuery("select 1")).hasMessageContaining("down");
      assertThatThrownBy(() -> statement.executeQuery("explain larder select 1"))
          .hasMessageContaining("down");
      assertThat(statement.execute("/* who am I */ SHOW\n LARDER -- now\n POOL ;")).isTrue();
    }
  }

  private static LarderDataSource over(TestDatabase database) {
    return LarderDataSource.wrap(database.dataSource());
  }

  @EachDatabase
  void itDescribesItselfAndConverts(TestDatabase database) throws SQLException {
    try (LarderDataSource larder = over(database);
        Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeQuery("select 1").close();
      ResultSet pool = statement.executeQuery("show larder pool");
      ResultSetMetaData metaData = pool.getMetaData();
      assertThat(metaData.getColumnLabel(1)).isEqualTo("maximum");
      assertThat(metaData.getColumnType(1)).isEqualTo(Types.BIGINT);
      assertThat(metaData.getColumnClassName(1)).isEqualTo("java.lang.Long");
      assertThat(pool.findColumn("REASON")).isEqualTo(7);
      assertThatThrownBy(() -> pool.findColumn("nothing")).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> pool.getLong(1)).isInstanceOf(SQLException.class);
      assertThat(pool.next()).isTrue();
      long maximum = pool.getLong("maximum");
      assertThat(pool.getInt(1)).isEqualTo((int) maximum);
      assertThat(pool.getString(1)).isEqualTo(Long.toString(maximum));
      assertThat(pool.getObject(1)).isEqualTo(maximum);
      assertThat(pool.getObject(1, Integer.class)).isEqualTo((int) maximum);
      assertThat(pool.getBigDecimal(1)).isEqualByComparingTo(BigDecimal.valueOf(maximum));
      assertThat(pool.wasNull()).isFalse();
      assertThatThrownBy(() -> pool.getLong(8)).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> pool.getTimestamp(1)).isInstanceOf(SQLException.class);
      assertThat(pool.getStatement()).isSameAs(statement);
      assertThat(pool.getType()).isEqualTo(ResultSet.TYPE_FORWARD_ONLY);
      assertThat(pool.getConcurrency()).isEqualTo(ResultSet.CONCUR_READ_ONLY);
      assertThat(pool.getFetchSize()).isZero();
      assertThatThrownBy(pool::first).isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThatThrownBy(() -> pool.updateLong(1, 1))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThat(pool.next()).isFalse();
      pool.close();
      assertThatThrownBy(pool::next).isInstanceOf(SQLException.class);
    }
  }

  @EachDatabase
  void aNullIsANull(TestDatabase database) throws SQLException {
    try (LarderDataSource larder = over(database);
        Connection connection = larder.getConnection();
        Statement statement = connection.createStatement();
        ResultSet last = statement.executeQuery("explain larder last")) {
      assertThat(last.next()).isTrue();
      assertThat(last.getString("statement")).isNull();
      assertThat(last.wasNull()).isTrue();
      assertThat(last.getObject("statement", String.class)).isNull();
    }
  }

  @EachDatabase
  void executeHasRowsAndNoUpdateCount(TestDatabase database) throws SQLException {
    try (LarderDataSource larder = over(database);
        Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table t (id int)");
      assertThat(statement.executeUpdate("insert into t values (1)")).isEqualTo(1);
      assertThat(statement.execute("show larder settings")).isTrue();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      ResultSet settings = statement.getResultSet();
      assertThat(settings.next()).isTrue();
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(settings.isClosed()).isTrue();
      statement.setMaxRows(3);
      assertThat(Asked.of(statement.executeQuery("show larder settings")).rows()).hasSize(3);
      statement.setMaxRows(0);
      assertThat(statement.execute("show larder pool", Statement.RETURN_GENERATED_KEYS)).isTrue();
    }
  }

  @EachDatabase
  void whatAsksForNoRowsIsRefusedAndSentNowhere(TestDatabase database) throws SQLException {
    try (LarderDataSource larder = over(database);
        Connection connection = larder.getConnection();
        Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("show larder status")) {
      statement.executeQuery("select 1").close();
      long before = larder.statistics().statementsToDatabase();
      assertThatThrownBy(() -> statement.executeUpdate("show larder status"))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThatThrownBy(() -> statement.addBatch("show larder status"))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThatThrownBy(prepared::executeUpdate)
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThatThrownBy(prepared::addBatch).isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThatThrownBy(() -> connection.prepareCall("show larder status"))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThat(larder.statistics().statementsToDatabase()).isEqualTo(before);
      assertThat(prepared.execute()).isTrue();
      assertThat(Asked.of(prepared.getResultSet()).rows()).isNotEmpty();
    }
  }

  @EachDatabase
  void aTransactionIsNotTouched(TestDatabase database) throws SQLException {
    try (LarderDataSource larder = over(database);
        Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table t (id int primary key)");
      connection.setAutoCommit(false);
      assertThat(statement.executeQuery("show larder status").next()).isTrue();
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.executeUpdate("insert into t values (1)");
      assertThatThrownBy(() -> statement.executeUpdate("insert into t values (1)"))
          .isInstanceOf(SQLException.class);
      assertThat(statement.executeQuery("show larder status").next()).isTrue();
      connection.rollback();
      assertThat(Asked.on(connection, "select id from t").rows()).isEmpty();
      connection.rollback();
    }
  }

  @EachDatabase
  void aNameThatBeginsLikeItIsTheDatabases(TestDatabase database) throws SQLException {
    try (LarderDataSource larder = over(database);
        Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table larder (status int)");
      statement.execute("insert into larder values (5)");
      assertThat(Asked.on(connection, "select status from larder").rows()).hasSize(1);
      long before = larder.statistics().statementsToDatabase();
      assertThatThrownBy(() -> statement.executeQuery("show larder.status"))
          .isInstanceOf(SQLException.class);
      assertThat(larder.statistics().statementsToDatabase()).isGreaterThan(before);
    }
  }
}
