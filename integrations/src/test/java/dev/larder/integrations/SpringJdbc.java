package dev.larder.integrations;

import dev.larder.testkit.Product;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.rowset.SqlRowSet;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's own access to JDBC: JdbcTemplate, JdbcClient and what goes with them. */
final class SpringJdbc implements Library {

  private static final String ALL = "select id, title, price from book order by id";

  private final DataSource dataSource;
  private final JdbcTemplate jdbc;
  private final NamedParameterJdbcTemplate named;
  private final TransactionTemplate transactions;

  SpringJdbc(DataSource dataSource, Product product) throws SQLException {
    Shop.open(dataSource);
    this.dataSource = dataSource;
    jdbc = new JdbcTemplate(dataSource);
    named = new NamedParameterJdbcTemplate(jdbc);
    transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
  }

  @Override
  public List<Step> steps() {
    return List.of(
        Step.read(
            "`queryForObject`",
            () -> jdbc.queryForObject("select title from book where id = ?", String.class, 1)),
        Step.read("`queryForList` of a text without parameters", () -> jdbc.queryForList(ALL)),
        Step.read("the same in a read-only transaction at REPEATABLE READ", () -> inSnapshot(ALL)),
        Step.read("`queryForRowSet`", this::rowSet),
        Step.read("`queryForStream`", this::stream),
        Step.read("a `fetchSize` and `maxRows`", this::limited),
        Step.read("named parameters, a list among them", this::namedList),
        Step.read(
            "`JdbcClient`, an `OffsetDateTime`",
            () ->
                JdbcClient.create(dataSource)
                    .sql("select printed from book where id = :id")
                    .param("id", 1)
                    .query(OffsetDateTime.class)
                    .list()),
        Step.read("a result that scrolls", this::scrolling),
        Step.write(
            "`SimpleJdbcInsert` with a generated key",
            () ->
                new SimpleJdbcInsert(dataSource)
                    .withTableName("book")
                    .usingGeneratedKeyColumns("id")
                    .executeAndReturnKey(
                        Map.of(
                            "title",
                            "Algae",
                            "price",
                            BigDecimal.ONE,
                            "printed",
                            Timestamp.from(Instant.EPOCH)))
                    .longValue()),
        Step.write("`batchUpdate` that is rolled back, with a read in between", this::rolledBack),
        Step.read("what was read before the writes", () -> jdbc.queryForList(ALL)));
  }

  private Object inSnapshot(String sql) {
    TransactionTemplate snapshot =
        new TransactionTemplate(transactions.getTransactionManager(), transactions);
    snapshot.setReadOnly(true);
    snapshot.setIsolationLevel(java.sql.Connection.TRANSACTION_REPEATABLE_READ);
    return snapshot.execute(status -> jdbc.queryForList(sql));
  }

  private List<Object> rowSet() {
    List<Object> read = new ArrayList<>();
    SqlRowSet rows = jdbc.queryForRowSet(ALL);
    while (rows.next()) {
      read.add(List.of(rows.getLong("id"), rows.getString("title")));
    }
    return read;
  }

  private List<String> stream() {
    try (Stream<String> titles =
        jdbc.queryForStream(
            "select title from book order by title", (row, number) -> row.getString(1))) {
      return titles.toList();
    }
  }

  private List<String> limited() {
    JdbcTemplate limited = new JdbcTemplate(dataSource);
    limited.setFetchSize(1);
    limited.setMaxRows(2);
    return limited.queryForList("select title from book order by id", String.class);
  }

  private List<String> namedList() {
    return named.queryForList(
        "select title from book where id in (:ids) and price < :most order by id",
        Map.of("ids", List.of(1, 2, 3), "most", 15),
        String.class);
  }

  private List<String> scrolling() {
    return jdbc.execute(
        connection ->
            connection.prepareStatement(
                "select title from book order by id",
                ResultSet.TYPE_SCROLL_INSENSITIVE,
                ResultSet.CONCUR_READ_ONLY),
        (PreparedStatementCallback<List<String>>) SpringJdbc::backwards);
  }

  private static List<String> backwards(PreparedStatement statement) throws SQLException {
    List<String> read = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      rows.afterLast();
      while (rows.previous()) {
        read.add(rows.getString(1));
      }
    }
    return read;
  }

  private Object rolledBack() {
    return transactions.execute(
        status -> {
          int[] counts =
              jdbc.batchUpdate(
                  "update book set price = price + ? where id = ?",
                  List.of(new Object[] {1, 1}, new Object[] {2, 2}));
          String read = Arrays.toString(counts) + jdbc.queryForList(ALL);
          status.setRollbackOnly();
          return read;
        });
  }
}
