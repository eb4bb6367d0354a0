package dev.larder.jdbc.internal.session;

import dev.larder.jdbc.internal.analysis.SessionEffect;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
    return pristine
            || (session.isEmpty() && local.isEmpty() && touched.isEmpty() && unknown == null)
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
      touched = Copies.with(touched, neutral.name());
    } else if (effect instanceof SessionEffect.Reset reset) {
      reset(SettingName.canonical(rules(), reset.name()));
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
    touched = Copies.with(touched, name);
  }

  /** Something was set through a JDBC method. */
  void setByMethod(String name, @Nullable String value) {
    pristine = false;
    isJudged = false;
    String canonical = SettingName.canonical(rules(), name);
    touched = Copies.with(touched, canonical);
    if (value == null) {
      session = Copies.without(session, canonical);
    } else {
      put(
          canonical,
          SettingName.isSchemas(canonical) ? SchemaList.of(List.of(value)) : value,
          false);
    }
  }

  private void set(
      SessionEffect.Set set, boolean inTransaction, IntFunction<@Nullable String> parameter) {
    String name = SettingName.canonical(rules(), set.name());
    if (set.local() && !inTransaction) {
      return; // the server takes it back at once
    }
    if (SettingName.isCustom(rules(), name) && !baseline.customs().containsKey(name)) {
      emptied = Copies.with(emptied, name);
    }
    if (!set.local()) {
      touched = Copies.with(touched, name);
    }
    String value = set.value().isEmpty() ? null : SettingValue.of(name, set.value(), parameter);
    if (value == null) {
      value = SettingValue.UNKNOWN;
    } else if (set.obscures() && !value.equals(baseline.setting(name))) {
      value = SettingValue.obscuring(value);
    }
    put(name, value, set.local());
    if (name.equals("session_authorization")) {
      session = Copies.without(session, "role");
      local = Copies.without(local, "role");
    }
  }

  /** A value that the session began with is no part of what it has set. */
  private void put(String name, String value, boolean forTransaction) {
    boolean same = isBaselines(name, value);
    if (forTransaction) {
      local = Copies.with(local, name, value);
    } else {
      session = same ? Copies.without(session, name) : Copies.with(session, name, value);
      local = Copies.without(local, name);
    }
  }

  private boolean isBaselines(String name, String value) {
    if (unsure.contains(name)) {
      return false;
    }
    if (SettingName.isSchemas(name)) {
      return (!rules().mayHave(SessionTrait.SEARCH_PATH_BESIDE_SCHEMA) || name.equals("schema"))
          && SchemaList.parse(value).equals(baseline.searchPath());
    }
    String known = baseline.setting(name);
    return known != null && SettingValue.isSame(rules(), known, value);
  }

  private void reset(String name) {
    touched = Copies.with(touched, name);
    local = Copies.without(local, name);
    boolean becomesKnown = !unsure.contains(name) && !baseline.setBefore().contains(name);
    if (!becomesKnown && baseline.setting(name) != null) {
      put(name, SettingValue.UNKNOWN, false);
    } else {
      session = Copies.without(session, name);
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
      put(name, SettingValue.UNKNOWN, false);
    }
    for (String name : baseline.setBefore()) {
      if (baseline.setting(name) != null) {
        put(name, SettingValue.UNKNOWN, false);
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
      if (SettingValue.obscures(each.getValue())) {
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
    if (session.isEmpty() && local.keySet().containsAll(emptied)) {
      return local;
    }
    Map<String, String> all = new HashMap<>();
    emptied.forEach(name -> all.put(name, SettingValue.EMPTY));
    all.putAll(session);
    all.putAll(local);
    return all;
  }
}
