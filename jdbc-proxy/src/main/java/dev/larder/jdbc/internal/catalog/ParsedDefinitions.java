package dev.larder.jdbc.internal.catalog;

import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.analysis.BodyFacts;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.TextAnalyzer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The catalogue's texts, each understood once, when first asked for. Thread-safe.
 *
 * <p>Most views and triggers of a large schema are never asked for, so reading the catalogue parses
 * none of them.
 */
final class ParsedDefinitions {

  /** What came of reading a query or an expression. */
  sealed interface Parsed {}

  /**
   * One query that was understood.
   *
   * @param currentTimeLiteral whether a literal in it may stand for the current time
   */
  record Understood(Facts facts, boolean currentTimeLiteral) implements Parsed {}

  /** Hidden from this user, not one query, or beyond the parser. */
  record NotUnderstood(String why) implements Parsed {}

  private final TextAnalyzer analyzer;
  private final Map<String, Parsed> queries = new ConcurrentHashMap<>();
  private final Map<String, BodyFacts> bodies = new ConcurrentHashMap<>();

  ParsedDefinitions(TextAnalyzer analyzer) {
    this.analyzer = analyzer;
  }

  Parsed query(Definition definition) {
    if (definition.text().isBlank()) {
      return new NotUnderstood("the definition of " + definition.of() + " is not visible");
    }
    String sql =
        definition.form() == Definition.Form.EXPRESSION
            ? "SELECT (" + definition.text() + ")"
            : definition.text();
    return queries.computeIfAbsent(sql, text -> parse(text, definition.of()));
  }

  private Parsed parse(String sql, String of) {
    try {
      Analysis analysis = analyzer.analyze(sql);
      if (analysis.statements().size() == 1
          && analysis.statements().get(0).kind() == Facts.Kind.QUERY) {
        return new Understood(analysis.statements().get(0), analysis.currentTimeLiteral());
      }
    } catch (RuntimeException | StackOverflowError failure) {
      return new NotUnderstood(
          "the definition of " + of + " failed to parse: " + failure.getClass().getSimpleName());
    }
    return new NotUnderstood("the definition of " + of + " cannot be parsed");
  }

  BodyFacts body(Definition definition) {
    if (definition.text().isBlank()) {
      return BodyFacts.opaque("the body of " + definition.of() + " is not visible");
    }
    return bodies.computeIfAbsent(definition.text(), text -> scan(text, definition.of()));
  }

  private BodyFacts scan(String text, String of) {
    try {
      return analyzer.bodyOf(text);
    } catch (RuntimeException | StackOverflowError failure) {
      return BodyFacts.opaque(
          "the body of " + of + " failed to scan: " + failure.getClass().getSimpleName());
    }
  }
}
