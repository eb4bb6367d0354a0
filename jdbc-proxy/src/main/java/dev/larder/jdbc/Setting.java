package dev.larder.jdbc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every setting of Larder: the one list that the parser, the driver's property list and {@code
 * docs/configuration.md} are made from. What each is for is its {@link #description()}. Immutable
 * and thread-safe.
 *
 * <p>A setting is given as text, by its {@link #property()} name, in a JDBC URL, in {@link
 * java.util.Properties} or through {@link LarderDataSource.Builder#setting}. Durations are written
 * {@code 250ms}, {@code 5s}, {@code 1m}, {@code 2h}, {@code 1d} or {@code PT5S}; a unit is required
 * except for 0. Sizes are written {@code 1048576}, {@code 512KB}, {@code 64MB} or {@code 1GB},
 * where a KB is 1024 bytes ({@code KiB} means the same).
 */
public enum Setting {
  /** {@code larder.enabled}. */
  ENABLED(
      "larder.enabled",
      "true",
      Type.SWITCH,
      "Whether anything is answered from memory. With `false` every statement runs on the database;"
          + " writes are still followed, so that other DataSources of this JVM stay right."),
  /** {@code larder.serve}. */
  SERVE(
      "larder.serve",
      "on",
      Type.SWITCH,
      "With `off` memory is filled and asked as ever, and what it would have answered is counted"
          + " (`NOT_SERVED`), but the database answers every query: a trial on real traffic that"
          + " nobody has to trust. With `larder.audit.sample` it is compared, too."),
  /** {@code larder.writers}. */
  WRITERS(
      "larder.writers",
      "anyone",
      List.of("anyone", "larder-nodes", "this-jvm"),
      "Who writes to this database: `anyone`; `larder-nodes` (only processes that run Larder and"
          + " share a source; without a live source the same as `anyone`); `this-jvm` (nobody but"
          + " this process, through Larder)."),
  /** {@code larder.max-staleness}. */
  MAX_STALENESS(
      "larder.max-staleness",
      "5s",
      Type.DURATION,
      Range.of("0s", "1d"),
      "How old an answer may be where a writer that Larder cannot see may exist, and how long a"
          + " source may be silent before it counts for nothing. With `0s` nothing is kept, unless"
          + " the writers are `this-jvm`."),
  /** {@code larder.cache.max-bytes}. */
  CACHE_MAX_BYTES(
      "larder.cache.max-bytes",
      "64MB",
      Type.SIZE,
      Range.from("1KB"),
      "The bound of all stored answers together, in bytes of heap."),
  /** {@code larder.cache.max-result-bytes}. */
  CACHE_MAX_RESULT_BYTES(
      "larder.cache.max-result-bytes",
      "1MB",
      Type.SIZE,
      Range.of("1KB", "1GB"),
      "The largest answer that is stored; a larger one streams from the database. Never more than"
          + " `larder.cache.max-bytes`."),
  /** {@code larder.cache.max-result-rows}. */
  CACHE_MAX_RESULT_ROWS(
      "larder.cache.max-result-rows",
      "10000",
      Type.NUMBER,
      Range.of("1", "10000000"),
      "The most rows of an answer that is stored; a longer one streams from the database."),
  /** {@code larder.cache.max-load-wait}. */
  CACHE_MAX_LOAD_WAIT(
      "larder.cache.max-load-wait",
      "10s",
      Type.DURATION,
      Range.of("0s", "10m"),
      "How long a caller waits for another caller's execution of the same query before it runs the"
          + " query itself. With `0s` it never waits."),
  /** {@code larder.admission}. */
  ADMISSION(
      "larder.admission",
      "measured",
      List.of("measured", "always"),
      "Which answers are kept: `measured` (those of statements for which keeping answers pays, by"
          + " what the database takes, what a miss costs and how many answers are asked for again;"
          + " the others go straight to the driver, and are tried again now and then) or `always`"
          + " (all that can be kept). With `larder.replicas` all are kept."),
  /** {@code larder.refresh}. */
  REFRESH(
      "larder.refresh",
      "off",
      Type.SWITCH,
      "Whether answers that are asked for again and again are loaded in the background as soon as a"
          + " commit has made them out of date, and shortly before they are too old for"
          + " `larder.max-staleness`. Only those of sessions without settings of their own, and as"
          + " long as it is of use. See `docs/freshness.md`."),
  /** {@code larder.refresh.max-load}. */
  REFRESH_MAX_LOAD(
      "larder.refresh.max-load",
      "0.1",
      Type.FRACTION,
      Range.of("0", "1"),
      "How much of the database's time `larder.refresh` may take: this part of what hits save."),
  /** {@code larder.prefetch}. */
  PREFETCH(
      "larder.prefetch",
      "off",
      Type.SWITCH,
      "Whether what a connection is about to ask for is loaded before it does: the rows that it"
          + " looks up one after the other, by the values of a column that it was shown, and"
          + " queries that always follow another. Only for sessions without settings of their own,"
          + " and as long as it is of use. See `docs/freshness.md`."),
  /** {@code larder.stale-on-error}. */
  STALE_ON_ERROR(
      "larder.stale-on-error",
      "0s",
      Type.DURATION,
      Range.of("0s", "1d"),
      "How long past its age bound an answer is served while the database cannot be reached, in"
          + " auto-commit and in read-only transactions, with a warning on the result. Never one"
          + " that a known change has made out of date. See `docs/freshness.md`."),
  /** {@code larder.tables.include}. */
  TABLES_INCLUDE(
      "larder.tables.include",
      "",
      Type.TABLES,
      "The only tables whose rows may be stored; empty means every table that Larder understands."
          + " On a product whose catalogue Larder does not know, only the tables named here are"
          + " cached."),
  /** {@code larder.tables.exclude}. */
  TABLES_EXCLUDE(
      "larder.tables.exclude",
      "",
      Type.TABLES,
      "Tables whose rows are never stored; stronger than `larder.tables.include`."),
  /** {@code larder.tables.pin}. */
  TABLES_PIN(
      "larder.tables.pin",
      "",
      Type.TABLES,
      "Small tables that are in memory as a whole: a look-up of a row by a column whose values are"
          + " all different is answered from there, also one that nobody has made before. See"
          + " `docs/freshness.md`."),
  /** {@code larder.functions}. */
  FUNCTIONS(
      "larder.functions",
      "",
      Type.FUNCTIONS,
      "What user functions do where the database's catalogue does not say."),
  /** {@code larder.commit.quarantine}. */
  COMMIT_QUARANTINE(
      "larder.commit.quarantine",
      "1m",
      Type.DURATION,
      Range.of("100ms", "1d"),
      "How long the tables of a commit whose outcome is unknown stay uncached where the server"
          + " cannot be asked for the outcome."),
  /** {@code larder.analysis.max-text-bytes}. */
  ANALYSIS_MAX_TEXT_BYTES(
      "larder.analysis.max-text-bytes",
      "128KB",
      Type.SIZE,
      Range.of("1KB", "16MB"),
      "The longest SQL text that is analysed; a longer query runs on the database, a longer write"
          + " counts as a write to everything."),
  /** {@code larder.analysis.timeout}. */
  ANALYSIS_TIMEOUT(
      "larder.analysis.timeout",
      "1s",
      Type.DURATION,
      Range.of("10ms", "1m"),
      "How much processor time the parser may use for one text, however busy the machine; one it"
          + " did not finish runs on the database and is parsed again later."),
  /** {@code larder.invalidation.postgres}. */
  INVALIDATION_POSTGRES(
      "larder.invalidation.postgres",
      "off",
      List.of("off", "logical", "notify"),
      "How Larder hears of what others write to a PostgreSQL database: `off` (not at all:"
          + " `larder.max-staleness` bounds the age of an answer); `logical` (logical replication);"
          + " `notify` (triggers and LISTEN)."
          + " See `docs/invalidation.md`."),
  /** {@code larder.invalidation.postgres.url}. */
  INVALIDATION_POSTGRES_URL(
      "larder.invalidation.postgres.url",
      "",
      Type.URL,
      "Where the source connects to, with its user and password as parameters: for a user of its"
          + " own, or past a pooler. Empty means the DataSource's own URL, user and password."),
  /** {@code larder.invalidation.postgres.publication}. */
  INVALIDATION_POSTGRES_PUBLICATION(
      "larder.invalidation.postgres.publication",
      "larder",
      Type.NAME,
      "The publication that logical replication reads. One that does not exist is created, for the"
          + " tables on which a publication stops no write."),
  /** {@code larder.invalidation.postgres.max-retained-wal}. */
  INVALIDATION_POSTGRES_MAX_RETAINED_WAL(
      "larder.invalidation.postgres.max-retained-wal",
      "1GB",
      Type.SIZE,
      Range.from("1MB"),
      "How much write-ahead log the server may keep for Larder's slot. At half of it a warning is"
          + " logged, at all of it the slot is dropped and another made."),
  /** {@code larder.invalidation.postgres.triggers}. */
  INVALIDATION_POSTGRES_TRIGGERS(
      "larder.invalidation.postgres.triggers",
      "create",
      List.of("create", "print", "remove"),
      "What becomes of the triggers that `larder.invalidation.postgres=notify` needs: `create`"
          + " (made where they are missing), `print` (nothing is changed; the log says what to"
          + " run), `remove` (dropped, with all that Larder made for them)."),
  /** {@code larder.invalidation.mysql}. */
  INVALIDATION_MYSQL(
      "larder.invalidation.mysql",
      "off",
      List.of("off", "binlog"),
      "How Larder hears of what others write to a MySQL or MariaDB database: `off` (not at all:"
          + " `larder.max-staleness` bounds the age of an answer); `binlog` (the server's binary"
          + " log). Needs the dependency `com.zendesk:mysql-binlog-connector-java`."
          + " See `docs/invalidation.md`."),
  /** {@code larder.invalidation.mysql.url}. */
  INVALIDATION_MYSQL_URL(
      "larder.invalidation.mysql.url",
      "",
      Type.URL,
      "Where the source connects to, with its user and password as parameters: for a user of its"
          + " own, or past a proxy. Empty means the DataSource's own URL, user and password."),
  /** {@code larder.invalidation.redis}. */
  INVALIDATION_REDIS(
      "larder.invalidation.redis",
      "",
      Type.REDIS_URIS,
      "The Redis through which the nodes that run Larder tell each other what they write; several"
          + " URIs for nodes of a Redis Cluster. Needs the dependency `dev.larder:larder-redis`,"
          + " and `larder.invalidation.redis.secret`. Lifts the age bound with"
          + " `larder.writers=larder-nodes` only. See `docs/invalidation.md`."),
  /** {@code larder.invalidation.redis.secret}. */
  INVALIDATION_REDIS_SECRET(
      "larder.invalidation.redis.secret",
      "",
      Type.SECRET,
      "What the nodes' messages are signed with, the same on all of them."),
  /** {@code larder.invalidation.redis.cluster}. */
  INVALIDATION_REDIS_CLUSTER(
      "larder.invalidation.redis.cluster",
      "larder",
      Type.NAME,
      "Which nodes belong together. All that write to one database must have the same name here."),
  /** {@code larder.invalidation.http.port}. */
  INVALIDATION_HTTP_PORT(
      "larder.invalidation.http.port",
      "0",
      Type.NUMBER,
      Range.of("1", "65535").orZero(),
      "On which TCP port scripts may say what has changed, by HTTP; 0 means on none. Needs"
          + " `larder.invalidation.http.token` and the module `jdk.httpserver`."),
  /** {@code larder.invalidation.http.address}. */
  INVALIDATION_HTTP_ADDRESS(
      "larder.invalidation.http.address",
      "127.0.0.1",
      Type.NAME,
      "On which address. There is no TLS: leave it on loopback, or put a proxy in front."),
  /** {@code larder.invalidation.http.token}. */
  INVALIDATION_HTTP_TOKEN(
      "larder.invalidation.http.token",
      "",
      Type.SECRET,
      "What a script has to show, as `Authorization: Bearer <token>`."),
  /** {@code larder.invalidation.jmx}. */
  INVALIDATION_JMX(
      "larder.invalidation.jmx",
      "false",
      Type.SWITCH,
      "Whether the hooks are operations of an MBean, `dev.larder:type=Invalidation`. Whoever may"
          + " use this JVM's JMX may then call them."),
  /** {@code larder.pool.maximum-size}. */
  POOL_MAXIMUM_SIZE(
      "larder.pool.maximum-size",
      "10",
      Type.NUMBER,
      Range.of("1", "10000"),
      "The most physical connections that are open at once: of a pool that finds its size by"
          + " itself, to begin with. The `larder.pool.*` settings do nothing where the wrapped"
          + " DataSource is a pool already."),
  /** {@code larder.pool.minimum-idle}. */
  POOL_MINIMUM_IDLE(
      "larder.pool.minimum-idle",
      "0",
      Type.NUMBER,
      Range.of("0", "10000"),
      "How many idle connections are kept ready. None by default, because a request that is"
          + " answered from memory needs none; an idle connection is kept for"
          + " `larder.pool.idle-timeout`."),
  /** {@code larder.pool.connection-timeout}. */
  POOL_CONNECTION_TIMEOUT(
      "larder.pool.connection-timeout",
      "30s",
      Type.DURATION,
      Range.of("250ms", "10m"),
      "How long a statement that must reach the database waits for a connection."),
  /** {@code larder.pool.idle-timeout}. */
  POOL_IDLE_TIMEOUT(
      "larder.pool.idle-timeout",
      "10m",
      Type.DURATION,
      Range.of("10s", "1d").orZero(),
      "How long a connection above the minimum may stay idle before it is closed; 0 means for"
          + " ever."),
  /** {@code larder.pool.max-lifetime}. */
  POOL_MAX_LIFETIME(
      "larder.pool.max-lifetime",
      "30m",
      Type.DURATION,
      Range.of("30s", "7d").orZero(),
      "How old a connection may become before it is replaced; 0 means for ever. Set it below every"
          + " time limit of the database and the network."),
  /** {@code larder.pool.keepalive-time}. */
  POOL_KEEPALIVE_TIME(
      "larder.pool.keepalive-time",
      "2m",
      Type.DURATION,
      Range.of("30s", "1d").orZero(),
      "How often an idle connection is tested so that the network does not drop it; 0 means"
          + " never."),
  /** {@code larder.pool.validation-timeout}. */
  POOL_VALIDATION_TIMEOUT(
      "larder.pool.validation-timeout",
      "5s",
      Type.DURATION,
      Range.of("250ms", "10m"),
      "How long a connection may take to show that it is alive."),
  /** {@code larder.pool.leak-detection-threshold}. */
  POOL_LEAK_DETECTION_THRESHOLD(
      "larder.pool.leak-detection-threshold",
      "0s",
      Type.DURATION,
      Range.of("2s", "1d").orZero(),
      "How long a physical connection may be held before the log says that it may have leaked; 0"
          + " means never."),
  /** {@code larder.pool.adaptive}. */
  POOL_ADAPTIVE(
      "larder.pool.adaptive",
      "on",
      Type.SWITCH,
      "Whether the pool finds its size by itself: it begins with `larder.pool.maximum-size` and"
          + " keeps the steps that answered more. With `off` the size is fixed; so it is where"
          + " `larder.pool.maximum-size` is given and nothing of `larder.pool.adaptive`."),
  /** {@code larder.pool.adaptive.minimum-size}. */
  POOL_ADAPTIVE_MINIMUM_SIZE(
      "larder.pool.adaptive.minimum-size",
      "2",
      Type.NUMBER,
      Range.of("1", "10000"),
      "What an adaptive pool's maximum never goes below."),
  /** {@code larder.pool.adaptive.maximum-size}. */
  POOL_ADAPTIVE_MAXIMUM_SIZE(
      "larder.pool.adaptive.maximum-size",
      "100",
      Type.NUMBER,
      Range.of("1", "10000"),
      "What an adaptive pool's maximum never goes above, nor above 80 % of the connections that it"
          + " has and of its part of those that the server has free."),
  /** {@code larder.pool.nodes}. */
  POOL_NODES(
      "larder.pool.nodes",
      "1",
      Type.NUMBER,
      Range.of("1", "10000"),
      "How many data sources with adaptive pools share the server, this one included: each takes"
          + " its part of the connections that the server has free."),
  /** {@code larder.replicas}. */
  REPLICAS(
      "larder.replicas",
      "",
      Type.URLS,
      "Replicas of the database, as JDBC URLs of its driver: of PostgreSQL by streaming, of MySQL"
          + " by GTID. A read goes to one that is known to have replayed every change to the read's"
          + " tables that Larder knows of. User, password and driver properties are the data"
          + " source's unless the URL has its own. Needs"
          + " `io.github.resilience4j:resilience4j-circuitbreaker`."),
  /** {@code larder.replicas.max-lag}. */
  REPLICAS_MAX_LAG(
      "larder.replicas.max-lag",
      "10s",
      Type.DURATION,
      Range.of("100ms", "1h"),
      "A replica that lags by more gets no reads. Also how much a statement with the hint"
          + " `larder(replica)` accepts."),
  /** {@code larder.tier.redis}. */
  TIER_REDIS(
      "larder.tier.redis",
      "",
      Type.REDIS_URIS,
      "The Redis in which the nodes keep answers for each other; several URIs for nodes of a Redis"
          + " Cluster. Needs `larder.tier.redis.secret` and `larder.invalidation.redis`: what the"
          + " nodes tell each other is what proves an answer right. See `docs/second-tier.md`."),
  /** {@code larder.tier.redis.secret}. */
  TIER_REDIS_SECRET(
      "larder.tier.redis.secret",
      "",
      Type.SECRETS,
      "What the answers in the tier are encrypted with. Of several the first encrypts and each"
          + " decrypts, so that one can be replaced while nodes run."),
  /** {@code larder.tier.redis.max-value-bytes}. */
  TIER_REDIS_MAX_VALUE_BYTES(
      "larder.tier.redis.max-value-bytes",
      "256KB",
      Type.SIZE,
      Range.of("1KB", "64MB"),
      "The largest answer that is kept in the tier, encrypted and compressed."),
  /** {@code larder.tier.redis.ttl}. */
  TIER_REDIS_TTL(
      "larder.tier.redis.ttl",
      "10m",
      Type.DURATION,
      Range.of("1s", "7d"),
      "How long the tier keeps an answer. It bounds what Redis holds and has no part in what is"
          + " right."),
  /** {@code larder.tier.redis.timeout}. */
  TIER_REDIS_TIMEOUT(
      "larder.tier.redis.timeout",
      "20ms",
      Type.DURATION,
      Range.of("1ms", "5s"),
      "How long a query waits for the tier at most, before the database is asked."),
  /** {@code larder.audit.sample}. */
  AUDIT_SAMPLE(
      "larder.audit.sample",
      "0",
      Type.FRACTION,
      Range.of("0", "1"),
      "The share of hits that are run again on the database, on another thread and connection, and"
          + " compared. A template whose answer differed is cached no more, and the log says where"
          + " it differed. A query whose `ORDER BY` leaves ties, or whose `LIMIT` cuts through"
          + " them, may be found to differ."),
  /** {@code larder.console.port}. */
  CONSOLE_PORT(
      "larder.console.port",
      "0",
      Type.NUMBER,
      Range.of("1", "65535").orZero(),
      "On which TCP port of 127.0.0.1 a page shows what this data source does; 0 means on none. The"
          + " log says the address, with a token that is new at each start. Needs the dependency"
          + " `dev.larder:larder-console` and the module `jdk.httpserver`. See `docs/console.md`.");

  /** What kind of value a setting takes. Immutable and thread-safe. */
  public enum Type {
    /** On or off. */
    SWITCH("`true` or `false`, or `on` or `off`"),
    /** One of its {@link Setting#choices()}. */
    CHOICE("one of"),
    /** A duration. */
    DURATION("a duration such as `5s`, `250ms` or `PT5S`"),
    /** A number of bytes. */
    SIZE("a size such as `64MB` or `1048576`"),
    /** A whole number. */
    NUMBER("a whole number"),
    /** A number that may have decimals. */
    FRACTION("a number such as `0.01`"),
    /** Patterns of names of tables. */
    TABLES("comma-separated `table` or `schema.table`, `*` standing for any characters"),
    /** Several JDBC URLs. */
    URLS("comma-separated JDBC URLs"),
    /** What functions do. */
    FUNCTIONS("declarations of functions"),
    /** A name. */
    NAME("a name"),
    /** Where Redis is. */
    REDIS_URIS("comma-separated `redis://` or `rediss://` URIs, or nothing"),
    /** What nobody else may know. */
    SECRET("at least 16 characters, or nothing"),
    /** Several of those, the first of which is the one that is written with. */
    SECRETS("comma-separated secrets of at least 16 characters, or nothing"),
    /** A JDBC URL. */
    URL("a JDBC URL of the same product, or nothing");

    private final String words;

    Type(String words) {
      this.words = words;
    }

    /** Whether a value may be a secret or hold one, so that no message shows it. */
    public boolean mayHoldSecret() {
      return switch (this) {
        case URL, URLS, REDIS_URIS, SECRET, SECRETS -> true;
        case SWITCH, CHOICE, DURATION, SIZE, NUMBER, FRACTION, TABLES, FUNCTIONS, NAME -> false;
      };
    }
  }

  /** The values that are allowed, as text. */
  private record Range(@Nullable String minimum, @Nullable String maximum, boolean zeroAllowed) {

    private static final Range ANY = new Range(null, null, false);

    private static Range of(String minimum, String maximum) {
      return new Range(minimum, maximum, false);
    }

    private static Range from(String minimum) {
      return new Range(minimum, null, false);
    }

    /** The same range and 0, where that is below the smallest value. */
    private Range orZero() {
      return new Range(minimum, maximum, true);
    }

    private String words() {
      String bounds =
          minimum == null
              ? ""
              : maximum == null ? ", at least " + minimum : ", " + minimum + " to " + maximum;
      return zeroAllowed ? bounds + ", or 0" : bounds;
    }
  }

  private final String property;
  private final String defaultValue;
  private final Type type;
  private final List<String> choices;
  private final Range range;
  private final String description;

  Setting(String property, String defaultValue, Type type, String description) {
    this(property, defaultValue, type, Range.ANY, description);
  }

  Setting(String property, String defaultValue, List<String> choices, String description) {
    this.property = property;
    this.defaultValue = defaultValue;
    this.type = Type.CHOICE;
    this.choices = choices;
    this.range = Range.ANY;
    this.description = description;
  }

  Setting(String property, String defaultValue, Type type, Range range, String description) {
    this.property = property;
    this.defaultValue = defaultValue;
    this.type = type;
    this.choices = List.of();
    this.range = range;
    this.description = description;
  }

  /** The name under which the setting is given, such as {@code larder.max-staleness}. */
  public String property() {
    return property;
  }

  /** The value that holds when none is given, as text; may be empty. */
  public String defaultValue() {
    return defaultValue;
  }

  /** What kind of value it takes. */
  public Type type() {
    return type;
  }

  /** The values to choose from; empty where any value of the type in the range is allowed. */
  public List<String> choices() {
    return choices;
  }

  /** The smallest value, as text, or null where there is none. */
  public @Nullable String minimum() {
    return range.minimum;
  }

  /** The largest value, as text, or null where there is none. */
  public @Nullable String maximum() {
    return range.maximum;
  }

  /** Whether 0 is allowed below the smallest value. */
  public boolean zeroAllowed() {
    return range.zeroAllowed;
  }

  /** What it decides, in a sentence or two of Markdown. */
  public String description() {
    return description;
  }

  /** Which values are allowed, as a clause of Markdown. */
  public String allowed() {
    StringBuilder words = new StringBuilder(type.words);
    if (!choices.isEmpty()) {
      words.append(" `").append(String.join("`, `", choices)).append('`');
    }
    words.append(range.words());
    return words.toString();
  }
}
