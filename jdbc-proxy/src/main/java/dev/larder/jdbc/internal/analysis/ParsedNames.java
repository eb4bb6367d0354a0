package dev.larder.jdbc.internal.analysis;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.NextValExpression;
import net.sf.jsqlparser.expression.TimeKeyExpression;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.util.TablesNamesFinder;
import org.jspecify.annotations.Nullable;

/**
 * The names that JSqlParser's tree holds. A second opinion beside the token scan: where its walk
 * meets a construct it does not know, what it found so far counts. Used by one thread, once.
 */
final class ParsedNames extends TablesNamesFinder<Void> {

  private final SqlSyntax syntax;
  private final Set<ObjectName> found = new LinkedHashSet<>();
  private final Set<ObjectName> functions = new LinkedHashSet<>();

  ParsedNames(SqlSyntax syntax) {
    this.syntax = syntax;
  }

  SqlParser.Names of(Statement statement) {
    try {
      getTables(statement);
    } catch (UnsupportedOperationException halfWay) {
      // The scan has every name; this was the second opinion.
    }
    return new SqlParser.Names(found, functions);
  }

  private @Nullable ObjectName name(List<String> parts) {
    int last = parts.size() - 1;
    if (last < 0 || parts.get(last).isEmpty()) {
      return null;
    }
    return new ObjectName(
        last > 1 ? part(parts.get(last - 2)) : null,
        last > 0 ? part(parts.get(last - 1)) : null,
        part(parts.get(last)));
  }

  private String part(String spelled) {
    boolean quoted = spelled.length() > 1 && (spelled.charAt(0) == '"' || spelled.charAt(0) == '`');
    return spelled.isEmpty() ? spelled : Tokens.identifier(syntax, spelled, !quoted);
  }

  /** ANY (...) and ROLLUP (...) are calls to the parser; the scan tells them from real ones. */
  private static boolean isSyntax(String name) {
    return name.equals("ROLLUP") || name.equals("CUBE") || Vocabulary.NOT_FUNCTIONS.contains(name);
  }

  private void call(@Nullable String name) {
    if (name == null || isSyntax(Tokens.upper(name))) {
      return;
    }
    ObjectName spelled = name(List.of(name.split("\\.")));
    if (spelled != null) {
      boolean bare = name.indexOf('"') < 0 && name.indexOf('`') < 0;
      functions.add(
          bare
              ? new ObjectName(spelled.catalog(), spelled.schema(), Tokens.lower(spelled.name()))
              : spelled);
    }
  }

  @Override
  public <S> @Nullable Void visit(Function function, S context) {
    call(function.getName());
    return super.visit(function, context);
  }

  @Override
  public <S> @Nullable Void visit(AnalyticExpression expression, S context) {
    call(expression.getName());
    return super.visit(expression, context);
  }

  @Override
  public <S> @Nullable Void visit(NextValExpression expression, S context) {
    call("nextval");
    return super.visit(expression, context);
  }

  @Override
  public <S> @Nullable Void visit(TimeKeyExpression expression, S context) {
    call(Tokens.lower(expression.getStringValue().replace("()", "")));
    return super.visit(expression, context);
  }

  @Override
  public <S> @Nullable Void visit(Table table, S context) {
    String name = table.getName();
    if (name != null && !name.isEmpty()) {
      String schema = table.getSchemaName();
      String catalog = table.getDatabaseName();
      found.add(
          new ObjectName(
              catalog == null || catalog.isEmpty() ? null : part(catalog),
              schema == null || schema.isEmpty() ? null : part(schema),
              part(name)));
    }
    return super.visit(table, context);
  }
}
