package dev.larder.jdbc.internal.session;

import dev.larder.jdbc.internal.catalog.SearchPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where a session looks for tables, by what it set. Thread-safe: has no state. */
final class SessionSearchPath {

  private SessionSearchPath() {}

  /** The search path of a session that began as {@code baseline} and set {@code overrides}. */
  static SearchPath of(SessionBaseline baseline, Map<String, String> overrides) {
    SessionRules rules = baseline.rules();
    boolean otherUser =
        overrides.containsKey("role") || overrides.containsKey("session_authorization");
    List<String> path = new ArrayList<>();
    String changed = overrides.get(SettingName.canonical(rules, "schema"));
    if (changed == null) {
      path.addAll(baseline.searchPath());
    } else if (SettingValue.obscures(changed)) {
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
}
