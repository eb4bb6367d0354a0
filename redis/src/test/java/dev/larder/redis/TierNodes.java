package dev.larder.redis;

import static dev.larder.jdbc.internal.source.Elsewhere.until;

import dev.larder.jdbc.history.MutantLoader;
import dev.larder.testkit.Databases;
import dev.larder.testkit.RedisServer;
import dev.larder.testkit.TestDatabase;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import net.bytebuddy.asm.AsmVisitorWrapper;

/**
 * Nodes over one database that hear of each other and keep answers for each other through Redis:
 * each is Larder loaded once more, with a ledger of its own. Used by one thread, but for the nodes.
 */
final class TierNodes implements AutoCloseable {

  static final String TITLE = "select title from book where id = ?";
  static final String SECRET = "a secret of the second tier";

  /** Ids from here on are read to learn what the database takes, and never written. */
  private static final int LEARNT_FROM = 1_000;

  private static final int LEARNT = 24;

  /** One node. */
  final class Node implements AutoCloseable {
    private final DataSource larder;
    final SlowDataSource below;

    private Node(DataSource larder, SlowDataSource below) {
      this.larder = larder;
      this.below = below;
    }

    DataSource dataSource() {
      return larder;
    }

    String title(int id) throws SQLException {
      return read(TITLE, id);
    }

    String read(String sql, int id) throws SQLException {
      try (Connection connection = larder.getConnection()) {
        return TierNodes.read(connection, sql, id);
      }
    }

    void write(String sql) throws SQLException {
      try (Connection connection = larder.getConnection();
          Statement statement = connection.createStatement()) {
        statement.executeUpdate(sql);
      }
    }

    /** How often it came to that, as {@code SHOW LARDER TIER} says. */
    long count(String what) throws SQLException {
      try (Connection connection = larder.getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SHOW LARDER TIER")) {
        while (rows.next()) {
          if (rows.getString("what").equals(what)) {
            return rows.getLong("count");
          }
        }
        throw new IllegalStateException(what);
      }
    }

    /** Everything that is counted, for who wonders. */
    String counts() throws SQLException {
      StringBuilder text = new StringBuilder();
      try (Connection connection = larder.getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SHOW LARDER TIER")) {
        while (rows.next()) {
          text.append(rows.getString("what")).append('=').append(rows.getLong("count")).append(' ');
        }
      }
      return text.toString();
    }

    /** What its data source counts. */
    String statistics() {
      return String.valueOf(call(larder, "statistics"));
    }

    String state() throws SQLException {
      try (Connection connection = larder.getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SHOW LARDER TIER")) {
        rows.next();
        return rows.getString("what");
      }
    }

    /** Waits for the tier, learns what queries take and look like, and that others are heard. */
    Node ready() throws SQLException {
      title(LEARNT_FROM);
      until("the tier is there", () -> state().equals("state: up"));
      int number = nodes.indexOf(this);
      for (int i = 0; i < LEARNT; i++) {
        title(LEARNT_FROM + LEARNT * (number + 1) + i);
      }
      return this;
    }

    /** Drops what its memory holds, and nothing that it knows: no application can do that. */
    void forget() {
      Object store = call(field(field(larder, "started"), "parts"), "store");
      call(store, "clear");
    }

    private Object cluster() {
      return field(field(field(larder, "started"), "parts"), "sources");
    }

    /** The last message of each node that it has read, and its own last. */
    @SuppressWarnings("unchecked")
    Map<UUID, Long> heard() {
      return (Map<UUID, Long>) call(call(field(cluster(), "cluster"), "position"), "numbers");
    }

    UUID id() {
      return (UUID) call(field(cluster(), "cluster"), "node");
    }

    /** Waits until what it has read by now is in the tier, or was dropped. */
    void hasWritten() {
      Object tier = field(cluster(), "tier");
      ThreadPoolExecutor writer = (ThreadPoolExecutor) field(field(tier, "line"), "writer");
      until("it has written", () -> writer.getQueue().isEmpty() && writer.getActiveCount() == 0);
    }

    /** Reads an answer until the tier has it: one time may be too busy for that. */
    String kept(int id) throws SQLException {
      hasWritten();
      long before = count("stored");
      String title = title(id);
      for (int i = 0; !isStored(before); i++) {
        if (i == 20) {
          throw new AssertionError(counts());
        }
        forget();
        title = title(id);
      }
      return title;
    }

    private boolean isStored(long before) throws SQLException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
      while (count("stored") == before && System.nanoTime() - deadline < 0) {
        LockSupport.parkNanos(1_000_000);
      }
      return count("stored") > before;
    }

    @Override
    public void close() throws Exception {
      ((AutoCloseable) larder).close();
    }
  }

  final TestDatabase database;
  final List<Node> nodes = new ArrayList<>();
  private final Properties settings = new Properties();

  TierNodes(TestDatabase database) {
    this(database, Databases.redis());
  }

  TierNodes(TestDatabase database, RedisServer redis) {
    this.database = database;
    String uri = "redis://" + redis.host() + ":" + redis.port();
    set("larder.writers", "larder-nodes");
    set("larder.admission", "always");
    set("larder.max-staleness", "1h");
    set("larder.commit.quarantine", "2s");
    set("larder.invalidation.redis", uri);
    set("larder.invalidation.redis.cluster", database.name());
    set("larder.invalidation.redis.secret", "correct horse battery staple");
    set("larder.tier.redis", uri);
    set("larder.tier.redis.secret", SECRET);
    set("larder.tier.redis.timeout", "1s");
  }

  static TierNodes over(TestDatabase database, int count) throws SQLException {
    shelve(database);
    TierNodes made = new TierNodes(database);
    for (int i = 0; i < count; i++) {
      made.open();
    }
    made.meet();
    return made;
  }

  static void shelve(TestDatabase database) {
    database.execute(
        "create table book (id int primary key, title varchar(50), shelf int)",
        "insert into book values (1, 'v0', 1), (2, 'w0', 1), (3, 'x0', 2)");
  }

  TierNodes set(String name, String value) {
    settings.setProperty(name, value);
    return this;
  }

  /** The nodes that are opened from now on have no tier. */
  TierNodes withoutTier() {
    settings.keySet().removeIf(name -> String.valueOf(name).startsWith("larder.tier."));
    return this;
  }

  Node open() {
    return open(Map.of());
  }

  Node open(Map<String, List<AsmVisitorWrapper>> changes) {
    SlowDataSource below =
        new SlowDataSource(database.dataSource(), "from book", Duration.ofMillis(4));
    Properties own = new Properties();
    own.putAll(settings);
    Node node =
        new Node(new MutantLoader(new HashMap<>(changes)).wrap(below.dataSource(), own), below);
    nodes.add(node);
    return node;
  }

  /** The tier holds nothing any more. */
  void forgetValues() {
    RedisClient client = RedisClient.create(settings.getProperty("larder.tier.redis"));
    try {
      RedisCommands<String, String> redis = client.connect().sync();
      redis.keys("larder:tier:*").forEach(redis::del);
    } finally {
      client.shutdown();
    }
  }

  /** Waits until every node has read all that the others have said by now. */
  void settle() {
    Map<UUID, Long> said = new HashMap<>();
    for (Node node : nodes) {
      said.put(node.id(), node.heard().get(node.id()));
    }
    for (Node node : nodes) {
      until("all is heard", () -> hasHeard(node, said));
    }
  }

  private static boolean hasHeard(Node node, Map<UUID, Long> said) {
    Map<UUID, Long> heard = node.heard();
    return said.entrySet().stream()
        .allMatch(each -> heard.getOrDefault(each.getKey(), 0L) >= each.getValue());
  }

  /** Waits until every node hears every other, and knows what it needs to know. */
  void meet() throws SQLException {
    for (Node node : nodes) {
      node.ready();
    }
    for (Node node : nodes) {
      until("the others are heard", () -> heard(node) == nodes.size());
      node.hasWritten();
    }
  }

  private static int heard(Node node) throws SQLException {
    try (Connection connection = node.larder.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW LARDER NODES")) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }

  private static Object field(Object of, String name) {
    try {
      Field field = of.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return field.get(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object call(Object of, String name) {
    try {
      Method method = of.getClass().getDeclaredMethod(name);
      method.setAccessible(true);
      return method.invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  static String read(Connection connection, String sql, int id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? String.valueOf(row.getString(1)) : "nothing";
      }
    }
  }

  @Override
  public void close() throws Exception {
    for (Node node : nodes) {
      node.close();
    }
  }
}
