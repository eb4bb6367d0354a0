package dev.larder.jdbc.internal.analysis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the scanner found in a text as one line, for tables of expectations. */
final class ScannedText {

  private static final String BODY = "body:";

  private ScannedText() {}

  static String of(SqlSyntax syntax, String text) throws Lexer.Failure {
    boolean body = text.startsWith(BODY);
    String sql = body ? text.substring(BODY.length()) : text;
    Tokens tokens = new Lexer(sql, syntax, false, false).lex().withoutHints();
    return of(
        body
            ? TableReferenceScanner.body(tokens)
            : TableReferenceScanner.statement(tokens, 0, tokens.size));
  }

  private static String of(ScannedNames names) {
    List<String> parts = new ArrayList<>();
    list(parts, "reads", names.reads());
    list(parts, "with", names.commonTables());
    list(parts, "writes", names.writes().stream().map(w -> w.verb() + " " + w.table()).toList());
    list(parts, "calls", names.functions());
    list(parts, "but", names.obstacles().stream().map(Facts.Obstacle::detail).toList());
    if (names.mentions() != names.reads().size()) {
      parts.add("mentions=" + names.mentions());
    }
    if (names.hasUnknownTarget()) {
      parts.add("unknown target");
    }
    names.selectInto().ifPresent(target -> parts.add("into=" + target));
    if (names.changesData()) {
      parts.add("changes");
    }
    if (names.assignsVariable()) {
      parts.add("assigns");
    }
    return parts.isEmpty() ? "nothing" : String.join(" ", parts);
  }

  private static void list(List<String> parts, String name, Collection<?> values) {
    if (!values.isEmpty()) {
      parts.add(name + "=" + String.join(", ", values.stream().map(Object::toString).toList()));
    }
  }
}
