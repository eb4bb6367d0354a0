package dev.larder.jdbc.equivalence;

import dev.larder.testkit.Product;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One DataSource and the connections an application holds of it. For one thread. */
final class Side implements AutoCloseable {

  /** Where a connection of the application's comes from, by its number. */
  @FunctionalInterface
  interface Source {
    DataSource of(int connection);
  }

  private static final int ALL_OF_THEM = 8;

  private final Product product;
  private final Source source;
  private final @Nullable Connection[] connections = new Connection[ALL_OF_THEM];
  private final @Nullable ResultSet[] opened = new ResultSet[ALL_OF_THEM];
  private final @Nullable Savepoint[] savepoints = new Savepoint[ALL_OF_THEM];
  private final List<Map<String, PreparedStatement>> kept = new ArrayList<>();

  Side(Product product, Source source) {
    this.product = product;
    this.source = source;
    for (int i = 0; i < ALL_OF_THEM; i++) {
      kept.add(new HashMap<>());
    }
  }

  Outcome perform(Step step) {
    try {
      if (step instanceof Step.Run run) {
        return run.prepared() ? prepared(run) : plain(run);
      } else if (step instanceof Step.Batch batch) {
        return batch(batch);
      } else if (step instanceof Step.Texts texts) {
        return texts(texts);
      } else if (step instanceof Step.Open open) {
        return open(open);
      }
      return act((Step.Do) step);
    } catch (SQLException e) {
      return Outcome.failed(e);
    }
  }

  private Connection connection(int number) throws SQLException {
    Connection open = connections[number];
    if (open == null) {
      open = source.of(number).getConnection();
      connections[number] = open;
    }
    return open;
  }

  private Outcome plain(Step.Run run) throws SQLException {
    if (run.sql().startsWith("set schema")) {
      forgetPrepared(run.on());
    }
    if (product == Product.H2 && run.sql().startsWith("set time zone")) {
      // H2 reads an open result in the zone of the moment; an answer from memory keeps its own.
      opened[run.on()] = null;
    }
    Connection connection = connection(run.on());
    Step.Asked asked = run.asked();
    try (Statement statement =
        asked.scroll()
            ? connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)
            : connection.createStatement()) {
      limit(statement, asked);
      List<String> lines = new ArrayList<>();
      switch (run.by()) {
        case QUERY -> {
          try (ResultSet rows = statement.executeQuery(run.sql())) {
            Outcome.render(rows, asked, lines);
          }
        }
        case UPDATE -> {
          int count =
              asked.keys()
                  ? statement.executeUpdate(run.sql(), Statement.RETURN_GENERATED_KEYS)
                  : statement.executeUpdate(run.sql());
          lines.add("count " + count);
        }
        case EXECUTE -> results(statement, statement.execute(run.sql()), asked, lines);
      }
      keys(statement, asked, lines);
      return Outcome.of(lines);
    }
  }

  private Outcome prepared(Step.Run run) throws SQLException {
    Step.Asked asked = run.asked();
    PreparedStatement statement = asked.reuse() ? kept.get(run.on()).remove(run.sql()) : null;
    if (statement == null) {
      statement = prepare(connection(run.on()), run);
    }
    boolean keep = false;
    try {
      bind(statement, run.values());
      limit(statement, asked);
      List<String> lines = new ArrayList<>();
      switch (run.by()) {
        case QUERY -> {
          try (ResultSet rows = statement.executeQuery()) {
            Outcome.render(rows, asked, lines);
          }
        }
        case UPDATE -> lines.add("count " + statement.executeUpdate());
        case EXECUTE -> results(statement, statement.execute(), asked, lines);
      }
      keys(statement, asked, lines);
      keep = asked.reuse();
      return Outcome.of(lines);
    } finally {
      if (keep) {
        kept.get(run.on()).put(run.sql(), statement);
      } else {
        statement.close();
      }
    }
  }

  private static PreparedStatement prepare(Connection connection, Step.Run run)
      throws SQLException {
    if (run.asked().keys()) {
      return connection.prepareStatement(run.sql(), Statement.RETURN_GENERATED_KEYS);
    }
    return run.asked().scroll()
        ? connection.prepareStatement(
            run.sql(), ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)
        : connection.prepareStatement(run.sql());
  }

  private static void limit(Statement statement, Step.Asked asked) throws SQLException {
    if (asked.maxRows() > 0 || asked.reuse()) {
      statement.setMaxRows(asked.maxRows());
    }
    if (asked.fetchSize() > 0) {
      statement.setFetchSize(asked.fetchSize());
    }
  }

  private static void keys(Statement statement, Step.Asked asked, List<String> lines)
      throws SQLException {
    if (asked.keys()) {
      try (ResultSet keys = statement.getGeneratedKeys()) {
        Outcome.render(keys, asked, lines);
      }
    }
  }

  /** Everything that one execution answers, in turn. */
  private static void results(
      Statement statement, boolean rowsFirst, Step.Asked asked, List<String> lines)
      throws SQLException {
    boolean rows = rowsFirst;
    for (int i = 0; i < 5; i++) {
      if (rows) {
        try (ResultSet result = statement.getResultSet()) {
          Outcome.render(result, asked, lines);
        }
      } else {
        int count = statement.getUpdateCount();
        if (count == -1) {
          return;
        }
        lines.add("count " + count);
      }
      rows = statement.getMoreResults();
    }
  }

  private Outcome open(Step.Open step) throws SQLException {
    ResultSet before = opened[step.on()];
    if (before != null) {
      before.getStatement().close();
      opened[step.on()] = null;
    }
    ResultSet rows = connection(step.on()).createStatement().executeQuery(step.sql());
    opened[step.on()] = rows;
    return Outcome.of(List.of(rows.next() ? "row " + rows.getObject(1) : "no row"));
  }

  private Outcome readOpen(int on) throws SQLException {
    ResultSet rows = opened[on];
    opened[on] = null;
    List<String> lines = new ArrayList<>();
    if (rows != null) {
      try {
        Outcome.render(rows, Step.Asked.ORDERED, lines);
      } finally {
        rows.close();
      }
    }
    return Outcome.of(lines);
  }

  private Outcome batch(Step.Batch batch) throws SQLException {
    try (PreparedStatement statement = connection(batch.on()).prepareStatement(batch.sql())) {
      for (List<@Nullable Object> row : batch.rows()) {
        bind(statement, row);
        statement.addBatch();
      }
      return counts(statement.executeBatch());
    }
  }

  private Outcome texts(Step.Texts texts) throws SQLException {
    try (Statement statement = connection(texts.on()).createStatement()) {
      for (String sql : texts.sqls()) {
        statement.addBatch(sql);
      }
      return counts(statement.executeBatch());
    }
  }

  private static Outcome counts(int[] counts) {
    List<String> lines = new ArrayList<>();
    for (int count : counts) {
      lines.add("count " + count);
    }
    return Outcome.of(lines);
  }

  private static void bind(PreparedStatement statement, List<@Nullable Object> values)
      throws SQLException {
    int at = 0;
    for (Object value : values) {
      at++;
      if (value == null) {
        statement.setNull(at, Types.NULL);
      } else if (value instanceof Integer number) {
        statement.setInt(at, number);
      } else if (value instanceof Long number) {
        statement.setLong(at, number);
      } else if (value instanceof String text) {
        statement.setString(at, text);
      } else if (value instanceof BigDecimal number) {
        statement.setBigDecimal(at, number);
      } else if (value instanceof Boolean flag) {
        statement.setBoolean(at, flag);
      } else if (value instanceof Date date) {
        statement.setDate(at, date);
      } else if (value instanceof Timestamp moment) {
        statement.setTimestamp(at, moment);
      } else {
        statement.setObject(at, value);
      }
    }
  }

  private Outcome act(Step.Do step) throws SQLException {
    int on = step.on();
    if (step.act() == Step.Act.REOPEN) {
      close(on);
      return Outcome.DONE;
    }
    if (step.act() == Step.Act.READ_WHAT_IS_OPEN) {
      return readOpen(on);
    }
    Connection connection = connection(on);
    switch (step.act()) {
      case AUTO_COMMIT_OFF -> connection.setAutoCommit(false);
      case AUTO_COMMIT_ON -> connection.setAutoCommit(true);
      case COMMIT -> connection.commit();
      case ROLLBACK -> connection.rollback();
      case SAVEPOINT -> savepoints[on] = connection.setSavepoint("s" + on);
      case ROLLBACK_TO_SAVEPOINT -> {
        Savepoint savepoint = savepoints[on];
        if (savepoint != null) {
          connection.rollback(savepoint);
        }
      }
      case RELEASE_SAVEPOINT -> {
        Savepoint savepoint = savepoints[on];
        savepoints[on] = null;
        if (savepoint != null) {
          connection.releaseSavepoint(savepoint);
        }
      }
      case READ_COMMITTED ->
          connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      case REPEATABLE_READ ->
          connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      case SERIALIZABLE -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      case READ_ONLY -> connection.setReadOnly(true);
      case READ_WRITE -> connection.setReadOnly(false);
      case SCHEMA_PUBLIC -> schema(on, "public");
      case SCHEMA_OTHER -> schema(on, "other");
      case READ_WHAT_IS_OPEN, REOPEN -> throw new IllegalStateException();
    }
    return Outcome.DONE;
  }

  private void schema(int on, String name) throws SQLException {
    forgetPrepared(on);
    connection(on).setSchema(product == Product.H2 ? name.toUpperCase(Locale.ROOT) : name);
  }

  /**
   * What H2 prepared under one schema means that schema for ever, or until any definition changes.
   */
  private void forgetPrepared(int on) throws SQLException {
    for (PreparedStatement statement : kept.get(on).values()) {
      statement.close();
    }
    kept.get(on).clear();
  }

  private void close(int number) throws SQLException {
    Connection open = connections[number];
    connections[number] = null;
    savepoints[number] = null;
    opened[number] = null;
    kept.get(number).clear();
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() throws SQLException {
    for (int i = 0; i < ALL_OF_THEM; i++) {
      close(i);
    }
  }
}
