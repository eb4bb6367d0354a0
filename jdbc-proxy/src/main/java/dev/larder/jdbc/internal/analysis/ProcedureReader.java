package dev.larder.jdbc.internal.analysis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a body in PL/pgSQL holds nothing but statements that read and compute. Used by one
 * thread, once.
 *
 * <p>Whatever it does not know is something else: an exception that is caught may be that of a lock
 * or a time-out, a cursor outlives the call, a message is a part of the answer.
 */
final class ProcedureReader {

  private enum Block {
    STATEMENTS,
    EXPRESSION
  }

  private static final Set<String> READING =
      Set.of(
          "WHILE",
          "FOR",
          "FOREACH",
          "ELSIF",
          "ELSEIF",
          "WHEN",
          "EXIT",
          "CONTINUE",
          "RETURN",
          "PERFORM",
          "SELECT",
          "WITH",
          "NULL");
  private static final Set<String> MESSAGES = Set.of("DEBUG", "LOG", "INFO", "NOTICE", "WARNING");

  private final Tokens tokens;
  private final Deque<Block> blocks = new ArrayDeque<>();
  private boolean starts = true;
  private boolean declares;
  private int depth;

  private ProcedureReader(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The first thing that is none of that, or null where there is none. */
  static @Nullable String obstacle(Tokens tokens) {
    return new ProcedureReader(tokens).read();
  }

  private @Nullable String read() {
    for (int i = 0; i < tokens.size; i++) {
      String word = tokens.word(i);
      boolean caught = word.equals("EXCEPTION") && !tokens.word(i - 1).equals("RAISE");
      if (caught || word.equals("CURSOR") || word.equals("REFCURSOR")) {
        return word;
      }
      if (!starts) {
        within(i, word);
      } else if (declares) {
        declares = !word.equals("BEGIN");
        starts = !declares;
        if (!declares) {
          blocks.push(Block.STATEMENTS);
        }
      } else if (tokens.isSymbol(i, "<<") && tokens.isSymbol(i + 2, ">>")) {
        i += 2;
      } else if (!tokens.is(i, ';') && !start(i, word)) {
        return word.isEmpty() ? tokens.spelling(i) : word;
      }
    }
    return blocks.isEmpty() && !declares && depth == 0 ? null : "an end that is missing";
  }

  /** Reads the first word of a statement; whether that can only read. */
  private boolean start(int i, String word) {
    starts = false;
    switch (word) {
      case "DECLARE" -> {
        declares = true;
        starts = true;
      }
      case "BEGIN", "LOOP" -> {
        blocks.push(Block.STATEMENTS);
        starts = true;
      }
      case "ELSE" -> starts = true;
      case "IF", "CASE" -> blocks.push(Block.STATEMENTS);
      case "END" -> {
        if (blocks.isEmpty() || blocks.pop() != Block.STATEMENTS) {
          return false;
        }
      }
      case "RAISE" -> {
        return !MESSAGES.contains(tokens.word(i + 1));
      }
      default -> {
        return READING.contains(word) || isAssigned(i);
      }
    }
    return true;
  }

  private boolean isAssigned(int i) {
    if (!tokens.isName(i)) {
      return false;
    }
    int after = tokens.nameEnd(i);
    return tokens.isSymbol(after, ":=") || tokens.is(after, '=') || tokens.is(after, '[');
  }

  /** Reads what follows the first word of a statement. */
  private void within(int i, String word) {
    if (tokens.is(i, '(')) {
      depth++;
    } else if (tokens.is(i, ')')) {
      depth--;
    }
    boolean ends = tokens.word(i - 1).equals("END") && tokens.is(i - 2, ';');
    switch (word) {
      case "CASE" -> {
        if (!ends) {
          blocks.push(Block.EXPRESSION);
        }
      }
      case "END" -> {
        if (blocks.peek() == Block.EXPRESSION) {
          blocks.pop();
        }
      }
      case "THEN" -> starts = depth == 0 && blocks.peek() == Block.STATEMENTS;
      case "LOOP" -> {
        if (!ends && depth == 0) {
          blocks.push(Block.STATEMENTS);
          starts = true;
        }
      }
      default -> starts = depth == 0 && tokens.is(i, ';');
    }
  }
}
