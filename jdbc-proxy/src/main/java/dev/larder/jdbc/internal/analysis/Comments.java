package dev.larder.jdbc.internal.analysis;

import static dev.larder.jdbc.internal.analysis.SyntaxTrait.CARRIAGE_RETURN_ENDS_LINE;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.DASHES_NEED_SPACE;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.EXECUTABLE_COMMENTS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.EXECUTABLE_M_COMMENTS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.HINTS_SET_VARIABLES;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.NESTED_COMMENTS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.OPERATORS_OF_SIGNS;
import static dev.larder.jdbc.internal.analysis.SyntaxTrait.SLASH_COMMENTS;

import java.util.ArrayList;
import java.util.List;

/** Where comments begin and end, and which of them speak to Larder. Used by one thread, once. */
final class Comments {

  private final Characters text;
  private List<String> hints = List.of();
  private boolean setsVariable;

  Comments(Characters text) {
    this.text = text;
  }

  /** Those that may hold a {@code larder(...)} hint, as the text spells them. */
  List<String> hints() {
    return hints;
  }

  /** Whether an optimizer hint may set a variable for the statement. */
  boolean setsVariable() {
    return setsVariable;
  }

  /** Whether a comment begins at {@code i}, which then ends an operator. */
  boolean startAt(int i) {
    char c = text.at(i);
    char next = text.peek(i + 1);
    return (c == '-' && next == '-' && (lineStarts(i) || text.syntax.isUnsure(DASHES_NEED_SPACE)))
        || (c == '/' && (next == '*' || (next == '/' && text.mayHave(SLASH_COMMENTS))))
        || (c == '#' && !text.has(OPERATORS_OF_SIGNS));
  }

  /** Whether the two dashes at {@code i} begin a comment. */
  boolean lineStarts(int i) {
    return !text.mayHave(DASHES_NEED_SPACE) || i + 2 >= text.length || text.at(i + 2) <= ' ';
  }

  /** The end of the comment that goes to the end of its line. */
  int line(int i) throws Lexer.Failure {
    int end = i;
    while (end < text.length && text.at(end) != '\n') {
      if (text.at(end) == '\r') {
        if (text.has(CARRIAGE_RETURN_ENDS_LINE)) {
          break;
        }
        if (text.peek(end + 1) != '\n') {
          text.requireSure(
              CARRIAGE_RETURN_ENDS_LINE, "a carriage return ends a comment in some products only");
        }
      }
      end++;
    }
    return end;
  }

  /** The end of the comment at {@code i} that ends with a star and a slash. */
  int block(int i) throws Lexer.Failure {
    char first = text.peek(i + 2);
    if ((first == '!' && text.mayHave(EXECUTABLE_COMMENTS))
        || (first == 'M' && text.peek(i + 3) == '!' && text.mayHave(EXECUTABLE_M_COMMENTS))) {
      throw new Lexer.Failure("a comment that is code");
    }
    int level = 1;
    int at = i + 2;
    while (level > 0) {
      int star = at;
      while (star + 1 < text.length
          && !(text.at(star) == '*' && text.at(star + 1) == '/')
          && !(text.at(star) == '/' && text.at(star + 1) == '*')) {
        star++;
      }
      if (star + 1 >= text.length) {
        throw new Lexer.Failure("an unterminated comment");
      }
      if (text.at(star) == '*') {
        level--;
      } else {
        text.requireSure(NESTED_COMMENTS, "comments nest in some products only");
        if (!text.has(NESTED_COMMENTS)) {
          at = star + 1; // "/*/" neither opens nor closes
          continue;
        }
        level++;
      }
      at = star + 2;
    }
    return at;
  }

  /**
   * Notes the block comment from {@code i} to {@code end} if it may hold a hint of Larder's; if
   * not, answers whether it is an optimizer's.
   */
  boolean isOptimizerHint(int i, int end) {
    boolean plus = text.peek(i + 2) == '+';
    int inside = plus ? i + 3 : i + 2;
    if (plus && text.mayHave(HINTS_SET_VARIABLES) && Hint.setsVariable(text.sql, inside, end)) {
      setsVariable = true;
      return true;
    }
    if (!Hint.startsAt(text.sql, inside, end)) {
      return plus;
    }
    if (hints.isEmpty()) {
      hints = new ArrayList<>(2);
    }
    hints.add(text.sql.substring(inside, end - 2));
    return false;
  }
}
