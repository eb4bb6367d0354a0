package dev.larder.jdbc.internal.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A JDBC URL and its parameters, in the two ways drivers write them: {@code ?a=b&c=d} and {@code
 * ;a=b;c=d}. Immutable and thread-safe.
 *
 * @param head the URL before its first parameter
 * @param separators what stands before each parameter: {@code ?}, {@code &} or {@code ;}
 * @param parameters each as the URL spells it
 */
public record JdbcUrl(String head, List<Character> separators, List<String> parameters) {

  public JdbcUrl {
    separators = List.copyOf(separators);
    parameters = List.copyOf(parameters);
  }

  /**
   * Splits a URL. After a {@code ?} the separator is {@code &}; a {@code ;} before any {@code ?}
   * starts the other form.
   */
  public static JdbcUrl of(String url) {
    int start = 0;
    while (start < url.length() && url.charAt(start) != '?' && url.charAt(start) != ';') {
      start++;
    }
    List<Character> separators = new ArrayList<>();
    List<String> parameters = new ArrayList<>();
    for (int at = start; at < url.length(); ) {
      int next = url.indexOf(url.charAt(start) == '?' ? '&' : ';', at + 1);
      int end = next < 0 ? url.length() : next;
      separators.add(url.charAt(at));
      parameters.add(url.substring(at + 1, end));
      at = end;
    }
    return new JdbcUrl(url.substring(0, start), separators, parameters);
  }

  /** A parameter's name: what stands before its {@code =}. */
  public static String name(String parameter) {
    int equals = parameter.indexOf('=');
    return equals < 0 ? parameter : parameter.substring(0, equals);
  }

  /** What stands after a parameter's {@code =}, as the URL spells it; empty without one. */
  public static String value(String parameter) {
    return parameter.substring(Math.min(parameter.length(), name(parameter).length() + 1));
  }

  /** The URL without the parameters of these names; all else as it was and in order. */
  public String without(Predicate<String> names) {
    StringBuilder url = new StringBuilder(head);
    boolean first = true;
    for (int i = 0; i < parameters.size(); i++) {
      if (!names.test(name(parameters.get(i)))) {
        url.append(first ? separators.get(0) : separators.get(i)).append(parameters.get(i));
        first = false;
      }
    }
    return url.toString();
  }

  /**
   * What may be shown in logs and messages: the URL without its parameters and without {@code
   * user:password@}.
   */
  public String withoutSecrets() {
    int authority = head.indexOf("//");
    int at = head.lastIndexOf('@');
    return authority >= 0 && at > authority
        ? head.substring(0, authority + 2) + head.substring(at + 1)
        : head;
  }
}
