package dev.larder.jdbc.internal.session;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Sets and maps that are replaced and never changed. Thread-safe: has no state. */
final class Copies {

  private Copies() {}

  static Set<String> with(Set<String> set, String name) {
    if (set.contains(name)) {
      return set;
    }
    if (set.isEmpty()) {
      return Set.of(name);
    }
    Set<String> copy = new HashSet<>(set);
    copy.add(name);
    return Set.copyOf(copy);
  }

  static Map<String, String> with(Map<String, String> map, String name, String value) {
    if (map.isEmpty()) {
      return Map.of(name, value);
    }
    Map<String, String> copy = new HashMap<>(map);
    copy.put(name, value);
    return Map.copyOf(copy);
  }

  static Map<String, String> without(Map<String, String> map, String name) {
    if (!map.containsKey(name)) {
      return map;
    }
    Map<String, String> copy = new HashMap<>(map);
    copy.remove(name);
    return Map.copyOf(copy);
  }
}
