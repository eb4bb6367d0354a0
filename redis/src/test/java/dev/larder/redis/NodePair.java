package dev.larder.redis;

import static dev.larder.jdbc.internal.source.Elsewhere.until;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.history.MutantLoader;
import dev.larder.jdbc.internal.source.Elsewhere;
import dev.larder.testkit.Databases;
import dev.larder.testkit.RedisServer;
import dev.larder.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;

/**
 * Two nodes over one database that hear of each other through Redis: what one writes, the other
 * reads. The one that writes is Larder loaded a second time, with a ledger of its own. Used by one
 * thread.
 */
final class NodePair implements AutoCloseable {

  private static final String FENCE = "select n from fence";

  final LarderDataSource reader;
  final DataSource writer;
  private int fences;

  private NodePair(LarderDataSource reader, DataSource writer) {
    this.reader = reader;
    this.writer = writer;
  }

  static NodePair over(TestDatabase database) {
    database.execute("create table fence (n int)", "insert into fence values (0)");
    RedisServer redis = Databases.redis();
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "larder-nodes");
    settings.setProperty("larder.admission", "always");
    settings.setProperty("larder.max-staleness", "1h");
    settings.setProperty(
        "larder.invalidation.redis", "redis://" + redis.host() + ":" + redis.port());
    settings.setProperty("larder.invalidation.redis.cluster", database.name());
    settings.setProperty("larder.invalidation.redis.secret", "correct horse battery staple");
    return new NodePair(
        LarderDataSource.wrap(database.dataSource(), settings),
        new MutantLoader(Map.of()).wrap(database.dataSource(), settings));
  }

  /**
   * Waits until the reader has heard of all that the writer has done: what it says comes in order,
   * and the last of it makes an answer that is in memory another one.
   */
  void meet() {
    String next = String.valueOf(++fences);
    keep(FENCE);
    Elsewhere.execute(writer, "update fence set n = " + next);
    until("the other node is heard", () -> Elsewhere.read(reader, FENCE).equals(next));
  }

  /** Waits until the reader has the answer in memory. */
  void keep(String sql) {
    until("it is answered from memory: " + sql, () -> isHit(sql));
  }

  /** Whether the reader answers from memory. */
  boolean isHit(String sql) throws SQLException {
    long hits = reader.statistics().hits();
    Elsewhere.read(reader, sql);
    return reader.statistics().hits() > hits;
  }

  @Override
  public void close() throws Exception {
    ((AutoCloseable) writer).close();
    reader.close();
  }
}
