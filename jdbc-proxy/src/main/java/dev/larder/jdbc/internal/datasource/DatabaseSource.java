package dev.larder.jdbc.internal.datasource;

import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.jdbc.Setting;
import dev.larder.jdbc.internal.connection.PhysicalConnections;
import dev.larder.jdbc.internal.planning.CatalogueCache;
import dev.larder.jdbc.internal.pool.DriverUrl;
import dev.larder.jdbc.internal.pool.Origin;
import dev.larder.jdbc.internal.settings.Settings;
import dev.larder.jdbc.internal.settings.SourceSettings;
import dev.larder.jdbc.internal.source.LogicalReplication;
import dev.larder.jdbc.internal.source.Notifications;
import dev.larder.jdbc.internal.source.NotifyTriggers;
import dev.larder.jdbc.internal.source.PostgresIdentity;
import dev.larder.jdbc.internal.source.PostgresTarget;
import dev.larder.jdbc.internal.source.SourceOfTables;
import dev.larder.jdbc.internal.source.SourceTarget;
import dev.larder.jdbc.internal.source.binlog.BinaryLog;
import dev.larder.jdbc.internal.source.binlog.BinlogTarget;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The source by which the database itself tells of changes, as the settings ask for it. Immutable
 * and thread-safe.
 *
 * @param target the server that it listens to
 * @param products whose databases have it
 */
record DatabaseSource(SourceTarget target, Set<String> products, Making making) {

  /** What a source belongs to. */
  record Listener(
      DatabaseIdentity database, CatalogueCache catalogue, PhysicalConnections readers) {}

  /** Makes the source when the database is known. */
  @FunctionalInterface
  interface Making {
    SourceOfTables source(Listener listener);
  }

  /** One that the settings may ask for. */
  private record Kind(
      Setting setting, String word, String url, Setting urlSetting, List<String> schemes) {

    String asked() {
      return setting.property() + " = " + word;
    }
  }

  /**
   * Looks at what can be told without reaching the database.
   *
   * @param problems where it is added why the source cannot be had over this origin
   * @return null where none is asked for
   */
  static @Nullable DatabaseSource of(Settings settings, Origin origin, List<String> problems) {
    SourceSettings asked = settings.sources();
    if (!settings.freshness().enabled() || !asked.asksTheDatabase()) {
      return null;
    }
    Duration patience = settings.freshness().maxStaleness();
    if (asked.mysql().way() == SourceSettings.MySqlWay.BINLOG) {
      return url(binlog(asked.mysql()), origin, problems)
          .map(url -> binlog(new BinlogTarget(url, patience), settings))
          .orElse(null);
    }
    return url(postgres(asked.postgres()), origin, problems)
        .map(url -> postgres(new PostgresTarget(url, patience), asked.postgres()))
        .orElse(null);
  }

  private static Kind postgres(SourceSettings.Postgres asked) {
    return new Kind(
        Setting.INVALIDATION_POSTGRES,
        asked.word(),
        asked.url(),
        Setting.INVALIDATION_POSTGRES_URL,
        List.of("jdbc:postgresql:"));
  }

  private static Kind binlog(SourceSettings.MySql asked) {
    return new Kind(
        Setting.INVALIDATION_MYSQL,
        asked.toString(),
        asked.url(),
        Setting.INVALIDATION_MYSQL_URL,
        List.of("jdbc:mysql:", "jdbc:mariadb:"));
  }

  private static DatabaseSource postgres(PostgresTarget target, SourceSettings.Postgres asked) {
    return new DatabaseSource(
        target,
        Set.of("postgresql"),
        listener -> {
          PostgresIdentity identity = new PostgresIdentity(listener.database, listener.readers);
          CatalogueCache catalogue = listener.catalogue;
          return asked.way() == SourceSettings.Way.NOTIFY
              ? new Notifications(
                  target,
                  identity,
                  new NotifyTriggers(asked.triggers()),
                  (table, values) -> catalogue.atHand().changes().reported(table, values))
              : new LogicalReplication(
                  target,
                  identity,
                  asked.publication(),
                  asked.maxRetainedWal(),
                  (table, values) -> catalogue.atHand().changes().reported(table, values));
        });
  }

  private static DatabaseSource binlog(BinlogTarget target, Settings settings) {
    return new DatabaseSource(
        target,
        Set.of("mysql", "mariadb"),
        listener -> {
          CatalogueCache catalogue = listener.catalogue;
          return new BinaryLog(
              target,
              listener.database,
              (table, inserted, values) ->
                  catalogue.atHand().changes().logged(table, inserted, values),
              settings.freshness().commitQuarantine());
        });
  }

  private static Optional<Origin.Url> url(Kind kind, Origin origin, List<String> problems) {
    String missing = missing(kind);
    if (missing != null) {
      problems.add(kind.asked() + ": needs " + missing);
      return Optional.empty();
    }
    if (!kind.url.isEmpty()) {
      try {
        return Optional.of(Origin.of(kind.url, null, null, null, new Properties()));
      } catch (SQLException unusable) {
        problems.add(kind.urlSetting.property() + ": no driver takes it");
        return Optional.empty();
      }
    }
    Optional<Origin.Url> own = DriverUrl.of(origin);
    if (own.isEmpty()) {
      problems.add(
          kind.asked()
              + ": the wrapped DataSource does not tell its URL; set "
              + kind.urlSetting.property());
    } else if (kind.schemes.stream().noneMatch(own.get().url()::startsWith)) {
      problems.add(
          kind.asked()
              + ": the DataSource's URL does not begin with "
              + String.join(" or ", kind.schemes));
      return Optional.empty();
    }
    return own;
  }

  /** What the class path lacks, or null. */
  private static @Nullable String missing(Kind kind) {
    if (kind.setting == Setting.INVALIDATION_POSTGRES) {
      return isThere("org.postgresql.PGConnection")
          ? null
          : "PostgreSQL's driver on the class path";
    }
    return isThere("com.github.shyiko.mysql.binlog.BinaryLogClient")
        ? null
        : "the dependency com.zendesk:mysql-binlog-connector-java on the class path";
  }

  private static boolean isThere(String type) {
    try {
      Class.forName(type, false, DatabaseSource.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError absent) {
      return false;
    }
  }
}
