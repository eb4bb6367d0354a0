package dev.larder.jdbc.internal.session;

import dev.larder.jdbc.internal.analysis.SessionEffect;
import dev.larder.jdbc.internal.catalog.SearchPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a session has set since it began. Not thread-safe: belongs to one connection; the maps and
 * sets inside are replaced, never changed, so that a savepoint can keep them.
 */
final class SessionSettings {

  /** What a savepoint, or the start of a transaction, returns to. */
  record Saved(
      Map<String, String> session,
      Map<String, String> local,
      Set<String> touched,
      @Nullable String unknown) {

    static final Saved UNTOUCHED = new Saved(Map.of(), Map.of(), Set.of(), null);
  }

  private static final String SEARCH_PATH = "search_path";

  /** Settings whose value is a list of schemas, each value of a SET one of them. */
  static final Set<String> SCHEMAS = Set.of("schema", SEARCH_PATH, "schema_search_path");

  /** What comes before a value with which nothing is cached. */
  private static final char OBSCURES = '\0';

  /** What comes before each part of a value of several. */
  private static final char PART = '\1';

  private static final String NO_VALUE = "";

  private SessionBaseline baseline;
  private Map<String, String> session = Map.of();
  private Map<String, String> local = Map.of();

  /** What was set for the session, whether it alters answers or not. */
  private Set<String> touched = Set.of();

  /**
   * Settings of the application's own that were not there when the session began, and now are: once
   * set, even by a transaction that has ended, they are empty rather than missing.
   */
  private Set<String> emptied = Set.of();

  /** Settings of which it is not known any more what RESET makes of them. */
  private Set<String> unsure = Set.of();

  private @Nullable String unknown;
  private boolean temporary;
  private boolean residue;

  /** The setting whose value keeps everything away; asked before each look-up. */
  private @Nullable String obscuring;

  private boolean isJudged;

  /** Whether nothing was ever set, as in most sessions: then nothing else has to be looked at. */
  private boolean pristine = true;

  SessionSettings(SessionBaseline baseline) {
    this.baseline = baseline;
  }

  Saved save() {
    return pristine || (isUntouched() && touched.isEmpty() && unknown == null)
        ? Saved.UNTOUCHED
        : new Saved(session, local, touched, unknown);
  }

  /** A product undoes SET with its transaction, or a setting outlives a rollback. */
  void undoTo(Saved saved) {
    if (pristine) {
      return;
    }
    if (rules().traits().isUnsure(SessionTrait.ROLLBACK_UNDOES_SETTINGS)) {
      if (!save().equals(saved)) {
        unknown("a rollback, which may undo settings");
      }
    } else if (rules().has(SessionTrait.ROLLBACK_UNDOES_SETTINGS)) {
      session = saved.session();
      local = saved.local();
      touched = saved.touched();
      // An effect that could not be known may have been outside the transaction's reach.
      unknown = unknown == null ? saved.unknown() : unknown;
      isJudged = false;
    }
  }

  void endTransaction() {
    local = Map.of();
    isJudged = false;
  }

  /** The session began from {@code other}; what it has set since holds still. */
  void rebase(SessionBaseline other) {
    baseline = other;
  }

  /**
   * What this session began from was read again while it had things set: of these settings it is
   * not known what they would be without.
   */
  void unsureOfWhatIsSet() {
    Set<String> all = new HashSet<>(unsure);
    all.addAll(session.keySet());
    all.addAll(local.keySet());
    all.addAll(touched);
    unsure = Set.copyOf(all);
  }

  private SessionRules rules() {
    return baseline.rules();
  }

  /**
   * Takes in what a statement that succeeded has set.
   *
   * @param parameter the text of the parameter at a position, or null where it cannot be told
   */
  void apply(SessionEffect effect, boolean inTransaction, IntFunction<@Nullable String> parameter) {
    pristine = false;
    isJudged = false;
    if (effect instanceof SessionEffect.Set set) {
      set(set, inTransaction, parameter);
    } else if (effect instanceof SessionEffect.Neutral neutral) {
      touched = with(touched, neutral.name());
    } else if (effect instanceof SessionEffect.Reset reset) {
      reset(canonical(rules(), reset.name()));
    } else if (effect instanceof SessionEffect.ResetAll all) {
      resetAll(all.roleToo());
    } else if (effect instanceof SessionEffect.CreatesTemporary) {
      temporary = true;
      residue = true;
    } else if (effect instanceof SessionEffect.LeavesResidue) {
      residue = true;
    } else if (effect instanceof SessionEffect.Unknown what) {
      unknown(what.why());
    }
  }

  void unknown(String why) {
    pristine = false;
    unknown = why;
    residue = true;
  }

  /** The physical connection now carries something that nobody undoes. */
  void residue() {
    residue = true;
  }

  /** Something was set for the session that is no part of the key. */
  void touch(String name) {
    pristine = false;
    touched = with(touched, name);
  }

  /** Something was set through a JDBC method. */
  void setByMethod(String name, @Nullable String value) {
    pristine = false;
    isJudged = false;
    String canonical = canonical(rules(), name);
    touched = with(touched, canonical);
    if (value == null) {
      session = without(session, canonical);
    } else {
      put(canonical, isSchemas(canonical) ? SchemaList.of(List.of(value)) : value, false);
    }
  }

  private void set(
      SessionEffect.Set set, boolean inTransaction, IntFunction<@Nullable String> parameter) {
    String name = canonical(rules(), set.name());
    if (set.local() && !inTransaction) {
      return; // the server takes it back at once
    }
    if (isOwn(name) && !baseline.customs().containsKey(name)) {
      emptied = with(emptied, name);
    }
    if (!set.local()) {
      touched = with(touched, name);
    }
    String value = set.value().isEmpty() ? null : value(name, set.value(), parameter);
    if (value == null) {
      value = NO_VALUE + OBSCURES;
    } else if (set.obscures() && !value.equals(baseline.setting(name))) {
      value = OBSCURES + value;
    }
    put(name, value, set.local());
    if (name.equals("session_authorization")) {
      session = without(session, "role");
      local = without(local, "role");
    }
  }

  /** Null where a parameter's text cannot be told. */
  private static @Nullable String value(
      String name, List<SessionEffect.Value> parts, IntFunction<@Nullable String> parameter) {
    List<String> values = new ArrayList<>(parts.size());
    for (SessionEffect.Value part : parts) {
      String text = part.literal() == null ? parameter.apply(part.parameter()) : part.literal();
      if (text == null) {
        return null;
      }
      if (part.list()) {
        values.addAll(SchemaList.parse(text));
      } else {
        values.add(text);
      }
    }
    if (isSchemas(name)) {
      return SchemaList.of(values);
    }
    return values.size() == 1 ? values.get(0) : PART + String.join(String.valueOf(PART), values);
  }

  /** A value that the session began with is no part of what it has set. */
  private void put(String name, String value, boolean forTransaction) {
    boolean same = isBaselines(name, value);
    if (forTransaction) {
      local = with(local, name, value);
    } else {
      session = same ? without(session, name) : with(session, name, value);
      local = without(local, name);
    }
  }

  private boolean isBaselines(String name, String value) {
    if (unsure.contains(name)) {
      return false;
    }
    if (isSchemas(name)) {
      return (!rules().mayHave(SessionTrait.SEARCH_PATH_BESIDE_SCHEMA) || name.equals("schema"))
          && SchemaList.parse(value).equals(baseline.searchPath());
    }
    String known = baseline.setting(name);
    return known != null
        && (known.equals(value)
            || (rules().has(SessionTrait.SWITCHES_HAVE_SYNONYMS)
                && switched(known).equals(switched(value))));
  }

  /** A switch is set by several words and shown by two. */
  private static String switched(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "on", "true", "1" -> "1";
      case "off", "false", "0" -> "0";
      default -> value;
    };
  }

  private void reset(String name) {
    touched = with(touched, name);
    local = without(local, name);
    boolean becomesKnown = !unsure.contains(name) && !baseline.setBefore().contains(name);
    if (!becomesKnown && baseline.setting(name) != null) {
      put(name, NO_VALUE + OBSCURES, false);
    } else {
      session = without(session, name);
    }
  }

  private void resetAll(boolean roleToo) {
    Map<String, String> kept = new HashMap<>();
    if (!roleToo) {
      for (String name : List.of("role", "session_authorization")) {
        String value = session.get(name);
        if (value != null) {
          kept.put(name, value);
        }
      }
    } else {
      unknown = null;
      temporary = false;
      residue = false;
    }
    session = Map.copyOf(kept);
    local = Map.of();
    Set<String> stillSet = new HashSet<>(kept.keySet());
    stillSet.addAll(baseline.setBefore());
    touched = Set.copyOf(stillSet);
    for (String name : unsure) {
      put(name, NO_VALUE + OBSCURES, false);
    }
    for (String name : baseline.setBefore()) {
      if (baseline.setting(name) != null) {
        put(name, NO_VALUE + OBSCURES, false);
      }
    }
  }

  boolean isUntouched() {
    return pristine || (session.isEmpty() && local.isEmpty() && emptied.isEmpty());
  }

  /** Why the session's state cannot be known now, or null. */
  @Nullable String unknown() {
    if (pristine) {
      return null;
    }
    if (!isJudged) {
      obscuring = obscuring();
      isJudged = true;
    }
    return unknown == null ? obscuring : unknown;
  }

  private @Nullable String obscuring() {
    if (session.isEmpty() && local.isEmpty()) {
      return null;
    }
    for (Map.Entry<String, String> each : overrides().entrySet()) {
      if (each.getValue().indexOf(OBSCURES) >= 0) {
        return each.getKey();
      }
    }
    return null;
  }

  boolean holdsTemporary() {
    return temporary;
  }

  /** Whether the physical connection carries something that nobody undoes. */
  boolean leavesResidue() {
    return residue;
  }

  /** The settings that have to be brought back before the connection is lent again. */
  Set<String> touched() {
    return touched;
  }

  Set<String> emptied() {
    return emptied;
  }

  Map<String, String> overrides() {
    if (local.isEmpty() && emptied.isEmpty()) {
      return session;
    }
    Map<String, String> all = new HashMap<>();
    emptied.forEach(name -> all.put(name, NO_VALUE));
    all.putAll(session);
    all.putAll(local);
    return all;
  }

  /** The search path of a session that began as {@code baseline} and set {@code overrides}. */
  static SearchPath searchPath(SessionBaseline baseline, Map<String, String> overrides) {
    SessionRules rules = baseline.rules();
    boolean otherUser =
        overrides.containsKey("role") || overrides.containsKey("session_authorization");
    List<String> path = new ArrayList<>();
    String changed = overrides.get(canonical(rules, "schema"));
    if (changed == null) {
      path.addAll(baseline.searchPath());
    } else if (changed.indexOf(OBSCURES) >= 0) {
      return SearchPath.UNKNOWN;
    } else {
      path.addAll(SchemaList.parse(changed));
    }
    String extra =
        rules.mayHave(SessionTrait.SEARCH_PATH_BESIDE_SCHEMA)
            ? overrides.get("schema_search_path")
            : null;
    if (extra != null) {
      path.addAll(SchemaList.parse(extra));
    }
    for (int i = 0; i < path.size(); i++) {
      if (path.get(i).equals("$user")) {
        if (otherUser) {
          return SearchPath.UNKNOWN;
        }
        path.set(i, baseline.user());
      }
    }
    return path.isEmpty() ? SearchPath.UNKNOWN : new SearchPath(path);
  }

  /** SET SCHEMA and setSchema may be other spellings of SET search_path. */
  private static String canonical(SessionRules rules, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return rules.has(SessionTrait.SCHEMA_IS_SEARCH_PATH) && lower.equals("schema")
        ? SEARCH_PATH
        : lower;
  }

  private static boolean isSchemas(String name) {
    return SCHEMAS.contains(name);
  }

  /** Whether this is a setting that somebody made up. */
  private boolean isOwn(String name) {
    return rules().mayHave(SessionTrait.CUSTOM_SETTINGS) && name.indexOf('.') >= 0;
  }

  private static Set<String> with(Set<String> set, String name) {
    if (set.contains(name)) {
      return set;
    }
    Set<String> copy = new HashSet<>(set);
    copy.add(name);
    return Set.copyOf(copy);
  }

  private static Map<String, String> with(Map<String, String> map, String name, String value) {
    Map<String, String> copy = new HashMap<>(map);
    copy.put(name, value);
    return Map.copyOf(copy);
  }

  private static Map<String, String> without(Map<String, String> map, String name) {
    if (!map.containsKey(name)) {
      return map;
    }
    Map<String, String> copy = new HashMap<>(map);
    copy.remove(name);
    return Map.copyOf(copy);
  }
}
