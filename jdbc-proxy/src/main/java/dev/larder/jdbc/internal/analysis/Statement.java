package dev.larder.jdbc.internal.analysis;

import java.util.ArrayList;
import java.util.List;

/** One statement of a text: a range of its tokens, counted from 0. Immutable. */
public record Statement(Tokens tokens, int from, int to) {

  /**
   * Cuts a text at its semicolons. A routine's definition with a body of its own is one statement.
   */
  public static List<Statement> split(Tokens tokens) {
    List<Statement> statements = new ArrayList<>(1);
    int from = 0;
    int depth = 0;
    for (int i = 0; i < tokens.size; i++) {
      if (i == from && depth == 0 && opensBlock(tokens, from)) {
        break;
      }
      if (tokens.is(i, '(')) {
        depth++;
      } else if (tokens.is(i, ')')) {
        depth--;
      } else if (depth == 0 && tokens.is(i, ';')) {
        if (i > from) {
          statements.add(new Statement(tokens, from, i));
        }
        from = i + 1;
      }
    }
    if (from < tokens.size) {
      statements.add(new Statement(tokens, from, tokens.size));
    }
    return statements;
  }

  /** Whether semicolons from here on may be inside a compound statement. */
  private static boolean opensBlock(Tokens tokens, int i) {
    return switch (tokens.word(i)) {
      case "CREATE", "ALTER" -> {
        for (int at = i + 1; at < tokens.size && !tokens.is(at, ';'); at++) {
          switch (tokens.word(at)) {
            case "BEGIN", "IF", "CASE", "LOOP", "REPEAT", "WHILE", "FOR" -> {
              if (isRoutine(tokens, i, at)) {
                yield true;
              }
            }
            default -> {}
          }
        }
        yield false;
      }
      case "BEGIN" -> tokens.word(i + 1).equals("NOT");
      case "IF", "CASE", "LOOP", "REPEAT", "WHILE", "FOR", "DECLARE" ->
          tokens.syntax.mayHave(SyntaxTrait.COMPOUND_STATEMENTS);
      default -> false;
    };
  }

  private static boolean isRoutine(Tokens tokens, int from, int to) {
    for (int at = from; at < to; at++) {
      switch (tokens.word(at)) {
        case "FUNCTION", "PROCEDURE", "TRIGGER", "EVENT", "PACKAGE", "RULE" -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  public int size() {
    return to - from;
  }

  /** Whether the product has the trait for certain. */
  public boolean has(SyntaxTrait trait) {
    return tokens.syntax.has(trait);
  }

  /** Whether the product has the trait, or nobody knows. */
  public boolean mayHave(SyntaxTrait trait) {
    return tokens.syntax.mayHave(trait);
  }

  public Statement from(int i) {
    return new Statement(tokens, Math.min(from + i, to), to);
  }

  public Statement upTo(int i) {
    return new Statement(tokens, from, Math.min(from + i, to));
  }

  /** The keyword or unquoted identifier at {@code i} in upper case, or "". */
  public String word(int i) {
    return i >= 0 && i < size() ? tokens.word(from + i) : "";
  }

  /** Whether these words stand at {@code i}. */
  public boolean says(int i, String... words) {
    for (int k = 0; k < words.length; k++) {
      if (!word(i + k).equals(words[k])) {
        return false;
      }
    }
    return true;
  }

  public boolean is(int i, char symbol) {
    return i >= 0 && i < size() && tokens.is(from + i, symbol);
  }

  public boolean isSymbol(int i, String symbol) {
    return i >= 0 && i < size() && tokens.isSymbol(from + i, symbol);
  }

  public boolean isName(int i) {
    return i >= 0 && i < size() && tokens.isName(from + i);
  }

  public ObjectName name(int i) {
    return tokens.name(from + i);
  }

  public int nameEnd(int i) {
    return Math.min(tokens.nameEnd(from + i), to) - from;
  }

  public byte kind(int i) {
    return i >= 0 && i < size() ? tokens.kind(from + i) : Tokens.SYMBOL;
  }

  public String spelling(int i) {
    return tokens.spelling(from + i);
  }

  /** Where this word stands, or -1. */
  public int find(String word) {
    for (int i = 0; i < size(); i++) {
      if (word(i).equals(word)) {
        return i;
      }
    }
    return -1;
  }

  public boolean mentions(String word) {
    return find(word) >= 0;
  }

  /** The index after the parenthesis that opens at {@code i}. */
  public int afterParenthesis(int i) {
    int depth = 0;
    for (int at = i; at < size(); at++) {
      if (is(at, '(')) {
        depth++;
      } else if (is(at, ')') && --depth == 0) {
        return at + 1;
      }
    }
    return size();
  }

  /** Which JDBC parameter of the whole text stands at {@code i}, from 1. */
  public int parameter(int i) {
    int position = 0;
    for (int at = 0; at <= from + i; at++) {
      if (tokens.kind(at) == Tokens.PARAMETER) {
        position++;
      }
    }
    return position;
  }

  /** Which literal of the whole text stands at {@code i}, from 0. */
  public int literal(int i) {
    int index = 0;
    for (int at = 0; at < from + i; at++) {
      if (tokens.kind(at) == Tokens.STRING || tokens.kind(at) == Tokens.NUMBER) {
        index++;
      }
    }
    return index;
  }

  /** The identifier at {@code i} by itself, whatever qualifies it. */
  public String part(int i) {
    return tokens.part(from + i);
  }

  /** The value that a constant at {@code i} stands for; words and names in their own case. */
  public String constant(int i) {
    String spelled = spelling(i);
    return switch (kind(i)) {
      case Tokens.WORD -> Tokens.lower(spelled);
      case Tokens.QUOTED -> tokens.part(from + i);
      case Tokens.STRING, Tokens.STRING_OR_NAME -> plain(spelled);
      default -> spelled;
    };
  }

  /** The content of a plain string; any other spelling of a string stays as it is spelled. */
  private static String plain(String spelled) {
    char quote = spelled.charAt(0);
    int last = spelled.length() - 1;
    boolean plain =
        (quote == '\'' || quote == '"')
            && spelled.charAt(last) == quote
            && spelled.indexOf('\\') < 0
            && spelled.indexOf('\n') < 0;
    if (!plain) {
      return spelled;
    }
    String twice = String.valueOf(quote) + quote;
    return spelled.substring(1, last).replace(twice, String.valueOf(quote));
  }
}
