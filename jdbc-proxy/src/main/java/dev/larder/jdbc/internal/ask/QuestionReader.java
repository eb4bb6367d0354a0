package dev.larder.jdbc.internal.ask;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a text is a question to Larder, and which. Reads no more of any other text than
 * its first two words. For one thread and one text.
 */
public final class QuestionReader {

  private static final String ALLOWED =
      "ask SHOW LARDER "
          + Arrays.stream(Question.Topic.values())
              .map(QuestionReader::spelt)
              .collect(Collectors.joining(" | "))
          + ", EXPLAIN LARDER <a statement> or EXPLAIN LARDER LAST";

  private static final String SHOW = "show";
  private static final String EXPLAIN = "explain";

  private final String sql;
  private int at;

  private QuestionReader(String sql) {
    this.sql = sql;
  }

  /** The question that a text is, or null where it is for the database. */
  public static @Nullable Question read(String sql) {
    QuestionReader reader = new QuestionReader(sql);
    if (!reader.skipBlanks()) {
      return null;
    }
    boolean shows = reader.isNext(SHOW);
    if (!shows && !reader.isNext(EXPLAIN)) {
      return null;
    }
    reader.word();
    if (!reader.skipBlanks() || !reader.isNext("larder")) {
      return null;
    }
    reader.word();
    if (!reader.endsHere()) {
      // A name that begins so, such as SHOW larder.something.
      return null;
    }
    return shows ? reader.shown() : reader.explained();
  }

  private Question shown() {
    String wanted = word();
    for (Question.Topic topic : Question.Topic.values()) {
      if (topic.name().equalsIgnoreCase(wanted)) {
        return topic == Question.Topic.QUERIES ? queries() : alone(new Question.Show(topic));
      }
    }
    return misspelt(wanted.isEmpty() ? "SHOW LARDER shows something" : "not known: " + wanted);
  }

  private Question queries() {
    Question.Order order = Question.Order.SAVED;
    int limit = Integer.MAX_VALUE;
    String next = word();
    if (next.equalsIgnoreCase("by")) {
      Question.Order asked = order(word());
      if (asked == null) {
        return misspelt("queries are ordered BY SAVED, MISSED or INVALIDATED");
      }
      order = asked;
      next = word();
    }
    if (next.equalsIgnoreCase("limit")) {
      String number = word();
      if (!number.matches("[0-9]{1,9}")) {
        return misspelt("LIMIT takes a whole number");
      }
      limit = Integer.parseInt(number);
      next = word();
    }
    return next.isEmpty()
        ? alone(new Question.Show(Question.Topic.QUERIES, order, limit))
        : misspelt("not known: " + next);
  }

  private static Question.@Nullable Order order(String word) {
    for (Question.Order order : Question.Order.values()) {
      if (order.name().equalsIgnoreCase(word)) {
        return order;
      }
    }
    return null;
  }

  private Question explained() {
    String wanted = sql.substring(at).strip();
    if (wanted.isEmpty() || wanted.equals(";")) {
      return misspelt("EXPLAIN LARDER explains a statement");
    }
    int before = at;
    if (word().equalsIgnoreCase("last") && isAtEnd()) {
      return new Question.ExplainLast();
    }
    at = before;
    return new Question.Explain(wanted);
  }

  /** The same, if nothing follows. */
  private Question alone(Question question) {
    return isAtEnd() ? question : misspelt("it is asked alone, and nothing follows it");
  }

  private static Question misspelt(String problem) {
    return new Question.Misspelt("Larder cannot answer that: " + problem + "; " + ALLOWED);
  }

  private static String spelt(Question.Topic topic) {
    return topic == Question.Topic.QUERIES
        ? "QUERIES [BY SAVED | MISSED | INVALIDATED] [LIMIT n]"
        : topic.name();
  }

  // Characters.

  /** Whether the next word may be this one. */
  private boolean isNext(String lowerCase) {
    int end = at + lowerCase.length();
    return end <= sql.length()
        && sql.substring(at, end).toLowerCase(Locale.ROOT).equals(lowerCase)
        && (end == sql.length() || !Character.isJavaIdentifierPart(sql.charAt(end)));
  }

  /** The next word; empty where there is none. */
  private String word() {
    if (!skipBlanks()) {
      return "";
    }
    int from = at;
    while (at < sql.length() && Character.isJavaIdentifierPart(sql.charAt(at))) {
      at++;
    }
    return sql.substring(from, at);
  }

  /** Whether a word ends here, and no name goes on. */
  private boolean endsHere() {
    return at == sql.length()
        || Character.isWhitespace(sql.charAt(at))
        || sql.charAt(at) == ';'
        || sql.startsWith("--", at)
        || sql.startsWith("/*", at);
  }

  private boolean isAtEnd() {
    while (skipBlanks() && at < sql.length() && sql.charAt(at) == ';') {
      at++;
    }
    return at == sql.length();
  }

  /**
   * Passes over white space and comments.
   *
   * @return false at a comment that not every product reads alike
   */
  private boolean skipBlanks() {
    while (at < sql.length()) {
      if (Character.isWhitespace(sql.charAt(at))) {
        at++;
      } else if (sql.startsWith("--", at)) {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end;
      } else if (sql.startsWith("/*", at)) {
        int end = sql.indexOf("*/", at + 2);
        boolean isPlain = end >= 0 && isPlain(sql.substring(at + 2, end));
        if (!isPlain) {
          return false;
        }
        at = end + 2;
      } else {
        break;
      }
    }
    return true;
  }

  /** MariaDB runs what stands in some comments; PostgreSQL nests them. */
  private static boolean isPlain(String comment) {
    return !comment.startsWith("!") && !comment.startsWith("M!") && !comment.contains("/*");
  }
}
