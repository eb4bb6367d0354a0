package dev.larder.jdbc.internal.settings;

import dev.larder.jdbc.Setting;
import java.util.List;
import java.util.Locale;

/**
 * How Larder hears of changes made elsewhere. Immutable and thread-safe.
 *
 * @param jmx whether the hooks are operations of an MBean
 */
public record SourceSettings(Postgres postgres, MySql mysql, Redis redis, Http http, boolean jmx) {

  /**
   * How PostgreSQL tells.
   *
   * @param url where the source connects to; empty for the DataSource's own
   * @param publication which publication logical replication reads
   * @param maxRetainedWal how much log a slot may hold back on the server, in bytes
   * @param triggers what becomes of the triggers that notifications need
   */
  public record Postgres(
      Way way, String url, String publication, long maxRetainedWal, Triggers triggers) {

    /** The chosen way as the setting spells it. */
    public String word() {
      return way.name().toLowerCase(Locale.ROOT);
    }

    /** Without the URL, which holds a password. */
    @Override
    public String toString() {
      return word();
    }
  }

  /**
   * How MySQL and MariaDB tell.
   *
   * @param url where the source connects to; empty for the DataSource's own
   */
  public record MySql(MySqlWay way, String url) {

    /** Without the URL, which holds a password. */
    @Override
    public String toString() {
      return way.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How nodes hear of each other.
   *
   * @param uris of the server, or of several nodes of a cluster; empty for none
   */
  public record Redis(List<String> uris, String secret, String cluster) {

    public Redis {
      uris = List.copyOf(uris);
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
      return uris.isEmpty() ? "none" : "cluster " + cluster;
    }
  }

  /**
   * Where scripts say what has changed.
   *
   * @param port 0 for nowhere
   */
  public record Http(int port, String address, String token) {

    /** Without the token. */
    @Override
    public String toString() {
      return port == 0 ? "none" : address + ":" + port;
    }
  }

  /** The ways in which PostgreSQL tells. */
  public enum Way {
    OFF,
    LOGICAL,
    NOTIFY
  }

  /** The ways in which MySQL and MariaDB tell. */
  public enum MySqlWay {
    OFF,
    BINLOG
  }

  /** What becomes of the triggers that notify. */
  public enum Triggers {
    CREATE,
    PRINT,
    REMOVE
  }

  static SourceSettings from(SettingsReader reader, SettingChecks checks) {
    return new SourceSettings(
        postgres(reader),
        mysql(reader),
        redis(reader, checks),
        http(reader),
        reader.flag(Setting.INVALIDATION_JMX));
  }

  private static Postgres postgres(SettingsReader reader) {
    return new Postgres(
        reader.choice(Setting.INVALIDATION_POSTGRES, Way.class),
        reader.secret(
            Setting.INVALIDATION_POSTGRES_URL,
            url -> url.isEmpty() || url.startsWith("jdbc:postgresql:")),
        reader.name(Setting.INVALIDATION_POSTGRES_PUBLICATION),
        reader.size(Setting.INVALIDATION_POSTGRES_MAX_RETAINED_WAL),
        reader.choice(Setting.INVALIDATION_POSTGRES_TRIGGERS, Triggers.class));
  }

  private static MySql mysql(SettingsReader reader) {
    return new MySql(
        reader.choice(Setting.INVALIDATION_MYSQL, MySqlWay.class),
        reader.secret(
            Setting.INVALIDATION_MYSQL_URL,
            url ->
                url.isEmpty() || url.startsWith("jdbc:mysql:") || url.startsWith("jdbc:mariadb:")));
  }

  private static Redis redis(SettingsReader reader, SettingChecks checks) {
    Redis redis =
        new Redis(
            reader.redisUris(Setting.INVALIDATION_REDIS, checks.redis()),
            reader.secret(Setting.INVALIDATION_REDIS_SECRET),
            reader.name(Setting.INVALIDATION_REDIS_CLUSTER));
    reader.requireGiven(
        redis.uris.isEmpty() || !redis.secret.isEmpty(),
        Setting.INVALIDATION_REDIS_SECRET,
        Setting.INVALIDATION_REDIS);
    return redis;
  }

  private static Http http(SettingsReader reader) {
    Http http =
        new Http(
            reader.number(Setting.INVALIDATION_HTTP_PORT),
            reader.name(Setting.INVALIDATION_HTTP_ADDRESS),
            reader.secret(Setting.INVALIDATION_HTTP_TOKEN));
    reader.requireGiven(
        http.port == 0 || !http.token.isEmpty(),
        Setting.INVALIDATION_HTTP_TOKEN,
        Setting.INVALIDATION_HTTP_PORT);
    return http;
  }

  /** Whether the database itself is listened to. */
  public boolean asksTheDatabase() {
    return postgres.way() != Way.OFF || mysql.way() != MySqlWay.OFF;
  }

  /** Without what may be secret. */
  @Override
  public String toString() {
    return "postgres=" + postgres + ", mysql=" + mysql + ", redis=" + redis + ", http=" + http;
  }
}
