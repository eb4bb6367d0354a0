package dev.larder.jdbc.internal.session;

import dev.larder.jdbc.internal.analysis.Dialect;
import dev.larder.jdbc.internal.analysis.SessionEffect;
import dev.larder.jdbc.internal.catalog.SearchPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a session has set since it began. Not thread-safe: belongs to one connection; the maps
 * inside are replaced, never changed, so that a savepoint can keep them.
 */
final class SessionSettings {

  /** What a savepoint, or the start of a transaction, returns to. */
  record Saved(Map<String, String> session, Map<String, String> local, @Nullable String unknown) {

    static final Saved UNTOUCHED = new Saved(Map.of(), Map.of(), null);
  }

  private static final String SEARCH_PATH = "search_path";

  private final Dialect dialect;
  private Map<String, String> session = Map.of();
  private Map<String, String> local = Map.of();
  private @Nullable String unknown;
  private boolean temporary;
  private boolean residue;

  SessionSettings(Dialect dialect) {
    this.dialect = dialect;
  }

  Saved save() {
    return isUntouched() && unknown == null ? Saved.UNTOUCHED : new Saved(session, local, unknown);
  }

  /** PostgreSQL undoes SET with its transaction; elsewhere a setting outlives a rollback. */
  void undoTo(Saved saved) {
    if (dialect == Dialect.POSTGRESQL) {
      session = saved.session();
      local = saved.local();
      // An effect that could not be known may have been outside the transaction's reach.
      unknown = unknown == null ? saved.unknown() : unknown;
    }
  }

  void endTransaction() {
    local = Map.of();
  }

  /**
   * Takes in what a statement that succeeded has set.
   *
   * @param parameter the text of the parameter at a position, or null where it cannot be told
   */
  void apply(SessionEffect effect, boolean inTransaction, IntFunction<@Nullable String> parameter) {
    if (effect instanceof SessionEffect.Set set) {
      set(set, inTransaction, parameter);
    } else if (effect instanceof SessionEffect.Reset reset) {
      session = without(session, canonical(dialect, reset.name()));
      local = without(local, canonical(dialect, reset.name()));
      residue = true;
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
    unknown = why;
    residue = true;
  }

  /** The physical connection now carries something that the pool does not undo. */
  void residue() {
    residue = true;
  }

  /** Something was set through a JDBC method, which the pool undoes by itself. */
  void setByMethod(String name, @Nullable String value) {
    session =
        value == null
            ? without(session, canonical(dialect, name))
            : with(session, canonical(dialect, name), quoted(value));
  }

  private void set(
      SessionEffect.Set set, boolean inTransaction, IntFunction<@Nullable String> parameter) {
    residue = true;
    StringBuilder text = new StringBuilder();
    for (SessionEffect.Value value : set.value()) {
      String part = value.literal() == null ? parameter.apply(value.parameter()) : value.literal();
      if (part == null) {
        unknown("a setting's value cannot be told");
        return;
      }
      text.append(text.isEmpty() ? "" : ",").append(value.literal() == null ? quoted(part) : part);
    }
    String name = canonical(dialect, set.name());
    if (!set.local()) {
      session = with(session, name, text.toString());
      local = without(local, name);
    } else if (inTransaction) {
      local = with(local, name, text.toString());
    }
    if (name.equals("session_authorization")) {
      session = without(session, "role");
      local = without(local, "role");
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
  }

  boolean isUntouched() {
    return session.isEmpty() && local.isEmpty();
  }

  /** Why the session's state can no longer be known, or null. */
  @Nullable String unknown() {
    return unknown;
  }

  boolean holdsTemporary() {
    return temporary;
  }

  /** Whether the physical connection carries something that the pool does not undo. */
  boolean leavesResidue() {
    return residue;
  }

  Map<String, String> overrides() {
    if (local.isEmpty()) {
      return session;
    }
    Map<String, String> all = new HashMap<>(session);
    all.putAll(local);
    return all;
  }

  /** The search path of a session that began as {@code baseline} and set {@code overrides}. */
  static SearchPath searchPath(SessionBaseline baseline, Map<String, String> overrides) {
    Dialect dialect = baseline.dialect();
    boolean otherUser =
        overrides.containsKey("role") || overrides.containsKey("session_authorization");
    List<String> path = new ArrayList<>();
    String changed = overrides.get(canonical(dialect, "schema"));
    if (changed == null) {
      path.addAll(baseline.searchPath());
    } else {
      path.addAll(SchemaList.parse(changed));
    }
    String extra = dialect == Dialect.H2 ? overrides.get("schema_search_path") : null;
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

  /** In PostgreSQL, SET SCHEMA and setSchema are other spellings of SET search_path. */
  private static String canonical(Dialect dialect, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return dialect == Dialect.POSTGRESQL && lower.equals("schema") ? SEARCH_PATH : lower;
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
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
