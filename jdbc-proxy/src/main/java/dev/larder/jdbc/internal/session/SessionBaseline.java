package dev.larder.jdbc.internal.session;

import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.jdbc.internal.bind.CanonicalText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a fresh connection of a data source is, before anybody set anything on it. Immutable and
 * thread-safe.
 */
public final class SessionBaseline {

  /** The driver, as its metadata names it. */
  public record Driver(String name, String version) {}

  private static volatile Map<String, String> latestSettings = Map.of();

  private final SessionRules rules;
  private final @Nullable DatabaseIdentity identity;
  private final Driver driver;
  private final Map<String, String> settings;
  private final Map<String, String> customs;
  private final Set<String> setBefore;
  private final List<String> searchPath;
  private final @Nullable String catalog;
  private final @Nullable String schema;
  private final boolean autoCommit;
  private final int isolation;
  private final int hash;

  /**
   * @param rules how its product's sessions behave
   * @param identity which database this is, or null where it cannot be told
   * @param settings everything of the session that can alter an answer, user and role included, by
   *     names in lower case
   * @param customs the settings that somebody made up, as far as anybody is known to read them
   * @param setBefore names of settings that were set on the connection before it was lent
   * @param searchPath the schemas an unqualified name is looked up in; {@code $user} unresolved
   * @param catalog what {@code getCatalog} answers
   * @param schema what {@code getSchema} answers
   * @param isolation the isolation level a transaction gets by default, as JDBC numbers it
   */
  public SessionBaseline(
      SessionRules rules,
      @Nullable DatabaseIdentity identity,
      Driver driver,
      Map<String, String> settings,
      Map<String, String> customs,
      Set<String> setBefore,
      List<String> searchPath,
      @Nullable String catalog,
      @Nullable String schema,
      boolean autoCommit,
      int isolation) {
    this.rules = rules;
    this.identity = identity;
    this.driver = driver;
    this.settings = shared(settings);
    this.customs = Map.copyOf(customs);
    this.setBefore = Set.copyOf(setBefore);
    this.searchPath = List.copyOf(searchPath);
    this.catalog = catalog;
    this.schema = schema;
    this.autoCommit = autoCommit;
    this.isolation = isolation;
    this.hash = Objects.hash(rules.product(), identity, driver, this.settings, this.searchPath);
  }

  /**
   * Connections of one data source begin alike, and are compared whenever one is borrowed: equal
   * settings are one object, so that comparing them is seeing that.
   */
  private static Map<String, String> shared(Map<String, String> settings) {
    Map<String, String> known = latestSettings;
    if (!known.equals(settings)) {
      known = Map.copyOf(settings);
      latestSettings = known;
    }
    return known;
  }

  public SessionRules rules() {
    return rules;
  }

  public @Nullable DatabaseIdentity identity() {
    return identity;
  }

  public Driver driver() {
    return driver;
  }

  /** Whether the connection did not tell what it is: which database, and as which user. */
  public boolean isUnknown() {
    return settings.isEmpty();
  }

  /** The user that {@code $user} in a search path stands for; empty where that is not known. */
  public String user() {
    return settings.getOrDefault("user", "");
  }

  /** What a setting was, in lower case, when the session began; null where that is not known. */
  @Nullable String setting(String name) {
    String own = customs.get(name);
    return own == null ? settings.get(name) : own;
  }

  Map<String, String> customs() {
    return customs;
  }

  Map<String, String> settings() {
    return settings;
  }

  Set<String> setBefore() {
    return setBefore;
  }

  /** Whether the connection has had settings that are empty now and missing on others. */
  public boolean hasEmptied() {
    return !customs.isEmpty() && customs.containsValue("");
  }

  SessionBaseline withAutoCommit(boolean on) {
    return on == autoCommit
        ? this
        : new SessionBaseline(
            rules,
            identity,
            driver,
            settings,
            customs,
            setBefore,
            searchPath,
            catalog,
            schema,
            on,
            isolation);
  }

  /** The same, but for what settings held. */
  SessionBaseline with(
      Map<String, String> otherSettings,
      Map<String, String> otherCustoms,
      List<String> otherSearchPath) {
    return new SessionBaseline(
        rules,
        identity,
        driver,
        otherSettings,
        otherCustoms,
        setBefore,
        otherSearchPath,
        catalog,
        schema,
        autoCommit,
        isolation);
  }

  /** What {@code found} says, but for these settings, of which this one goes on to hold. */
  SessionBaseline exceptFor(Set<String> names, SessionBaseline found) {
    Map<String, String> mixed = new HashMap<>(found.settings);
    Map<String, String> mixedCustoms = new HashMap<>(found.customs);
    for (String name : names) {
      keep(name, settings, mixed);
      keep(name, customs, mixedCustoms);
    }
    boolean ownPath = names.contains("search_path") || names.contains("schema");
    return with(mixed, mixedCustoms, ownPath ? searchPath : found.searchPath);
  }

  private static void keep(String name, Map<String, String> from, Map<String, String> to) {
    String value = from.get(name);
    if (value == null) {
      to.remove(name);
    } else {
      to.put(name, value);
    }
  }

  /** Whether both began under the same name and act under the same, so with the same defaults. */
  public boolean isOfSameUser(SessionBaseline that) {
    return user().equals(that.user())
        && Objects.equals(setting("session_user"), that.setting("session_user"))
        && Objects.equals(catalog, that.catalog);
  }

  public List<String> searchPath() {
    return searchPath;
  }

  public @Nullable String catalog() {
    return catalog;
  }

  public @Nullable String schema() {
    return schema;
  }

  public boolean autoCommit() {
    return autoCommit;
  }

  public int isolation() {
    return isolation;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof SessionBaseline that
            && equalsButCustoms(that)
            && customs.equals(that.customs));
  }

  /**
   * Whether that one, which another server tells, is the same but for the server's identity and for
   * these settings.
   */
  public boolean beginsLike(SessionBaseline that, Set<String> ofOneServer) {
    return rules == that.rules
        && driver.equals(that.driver)
        && without(ofOneServer, settings).equals(without(ofOneServer, that.settings))
        && customs.equals(that.customs)
        && searchPath.equals(that.searchPath)
        && Objects.equals(catalog, that.catalog)
        && Objects.equals(schema, that.schema)
        && autoCommit == that.autoCommit
        && isolation == that.isolation;
  }

  private static Map<String, String> without(Set<String> names, Map<String, String> settings) {
    Map<String, String> rest = new HashMap<>(settings);
    rest.keySet().removeAll(names);
    return rest;
  }

  /** Whether sessions that set the same customs are alike. */
  boolean equalsButCustoms(SessionBaseline that) {
    return this == that
        || (hash == that.hash
            && rules == that.rules
            && Objects.equals(identity, that.identity)
            && driver.equals(that.driver)
            && settings.equals(that.settings)
            && searchPath.equals(that.searchPath)
            && Objects.equals(catalog, that.catalog)
            && Objects.equals(schema, that.schema)
            && autoCommit == that.autoCommit
            && isolation == that.isolation);
  }

  /** Adds what {@link #equalsButCustoms} compares. */
  void tell(CanonicalText to) {
    DatabaseIdentity database = identity;
    to.add(rules.product());
    to.add(database == null ? null : database.product())
        .add(database == null ? "" : database.value());
    to.add(driver.name()).add(driver.version()).add(settings).add(searchPath.size());
    searchPath.forEach(to::add);
    to.add(catalog).add(schema).add(autoCommit ? 1 : 0).add(isolation);
  }

  /** Whether it is equal, and was found on a connection on which the same had been set before. */
  boolean isInAllEqualTo(SessionBaseline that) {
    return equals(that) && setBefore.equals(that.setBefore);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
