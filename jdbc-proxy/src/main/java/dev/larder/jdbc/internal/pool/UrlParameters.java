package dev.larder.jdbc.internal.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The parameters in a JDBC URL, in the two ways drivers write them: {@code ?a=b&c=d} and {@code
 * ;a=b;c=d}. Immutable and thread-safe.
 *
 * @param head the URL before its first parameter
 * @param separators before each parameter, {@code ?}, {@code &} or {@code ;}
 * @param texts each parameter as the URL spells it
 */
public record UrlParameters(String head, List<Character> separators, List<String> texts) {

  public UrlParameters {
    separators = List.copyOf(separators);
    texts = List.copyOf(texts);
  }

  /**
   * Splits a URL. After a {@code ?} the separator is {@code &}; a {@code ;} before any {@code ?}
   * starts the other form.
   */
  public static UrlParameters of(String url) {
    int start = firstOf(url, "?;");
    if (start < 0) {
      return new UrlParameters(url, List.of(), List.of());
    }
    char next = url.charAt(start) == '?' ? '&' : ';';
    List<Character> separators = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    char separator = url.charAt(start);
    int from = start + 1;
    while (true) {
      int to = url.indexOf(next, from);
      separators.add(separator);
      texts.add(url.substring(from, to < 0 ? url.length() : to));
      if (to < 0) {
        return new UrlParameters(url.substring(0, start), separators, texts);
      }
      separator = next;
      from = to + 1;
    }
  }

  private static int firstOf(String text, String characters) {
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** A parameter's name: what stands before its {@code =}. */
  public static String name(String parameter) {
    int equals = parameter.indexOf('=');
    return equals < 0 ? parameter : parameter.substring(0, equals);
  }

  /** The URL without the parameters of these names, all else as it was and in order. */
  public String urlWithout(Predicate<String> names) {
    StringBuilder url = new StringBuilder(head);
    boolean first = true;
    for (int i = 0; i < texts.size(); i++) {
      if (!names.test(name(texts.get(i)))) {
        url.append(first ? separators.get(0) : separators.get(i)).append(texts.get(i));
        first = false;
      }
    }
    return url.toString();
  }

  static String without(String url, Predicate<String> names) {
    return of(url).urlWithout(names);
  }
}
