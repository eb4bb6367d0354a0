package dev.larder.jdbc.internal.audit;

import java.util.Locale;
import java.util.regex.Pattern;

/** Whether a query says in which order its rows come. Stateless and thread-safe. */
final class RowOrder {

  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|`[^`]*`|\\[[^\\]]*\\]");
  private static final Pattern INNERMOST = Pattern.compile("\\([^()]*\\)");
  private static final Pattern ORDER_BY = Pattern.compile("\\border\\s+by\\b");

  private RowOrder() {}

  /** Looks for ORDER BY outside of parentheses; strings were lifted out of the template. */
  static boolean isAskedFor(String template) {
    String text = QUOTED.matcher(template.toLowerCase(Locale.ROOT)).replaceAll(" ");
    String outer = INNERMOST.matcher(text).replaceAll(" ");
    while (!outer.equals(text)) {
      text = outer;
      outer = INNERMOST.matcher(text).replaceAll(" ");
    }
    return ORDER_BY.matcher(text).find();
  }
}
