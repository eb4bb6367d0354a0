package dev.larder.examples.twonodes;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import dev.larder.testkit.Databases;
import dev.larder.testkit.RedisServer;
import dev.larder.testkit.TestDatabase;
import java.util.List;

/**
 * Where the database and the Redis are that both processes use. Immutable and thread-safe.
 *
 * @param database the JDBC URL
 * @param redis the URI
 */
record Place(String database, String username, String password, String redis) {

  static Place of(TestDatabase database) {
    RedisServer redis = Databases.redis();
    return new Place(
        database.url(),
        database.username(),
        database.password(),
        "redis://" + redis.host() + ":" + redis.port());
  }

  /** From the command line of the other process. */
  static Place of(String[] arguments) {
    return new Place(arguments[0], arguments[1], arguments[2], arguments[3]);
  }

  List<String> arguments() {
    return List.of(database, username, password, redis);
  }

  /** One node; this is all that an application has to do. */
  LarderDataSource node() {
    return LarderDataSource.builder()
        .url(database)
        .username(username)
        .password(password)
        .setting(Setting.WRITERS, "larder-nodes")
        .setting(Setting.INVALIDATION_REDIS, redis)
        .setting(Setting.INVALIDATION_REDIS_SECRET, "no secret at all, as it stands here")
        .build();
  }
}
