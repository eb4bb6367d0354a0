package dev.larder.jdbc.internal.execution;

import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.analysis.BodyFacts;
import dev.larder.jdbc.internal.analysis.SqlAnalyzer;
import dev.larder.jdbc.internal.catalog.DefinitionReader;

/** Lets the catalogue understand the texts it holds by the analysis of statements. Thread-safe. */
record AnalysedDefinitions(SqlAnalyzer analyzer) implements DefinitionReader {

  @Override
  public Analysis statements(String sql) {
    return analyzer.analyze(sql);
  }

  @Override
  public BodyContents body(String text) {
    BodyFacts facts = analyzer.bodyOf(text);
    return new BodyContents(
        facts.writes(), facts.reads(), facts.functions(), facts.altersSession(), facts.opaque());
  }
}
