package dev.larder.jdbc.internal.product.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.catalog.Definition;
import org.junit.jupiter.api.Test;

/** The texts of pg_get_viewdef and pg_get_expr. */
final class PostgresDefinitionsTest {

  @Test
  void anOperatorThatNoParserKnowsIsReadAsAnEqualsSign() {
    assertThat(text("(title ~~ 'x'::text)")).isEqualTo("(title = 'x'::text)");
    assertThat(text("(title !~~* 'x'::text)")).isEqualTo("(title = 'x'::text)");
    assertThat(text("(a OPERATOR(public.===) b)")).isEqualTo("(a = b)");
  }

  @Test
  void whatOnlyResemblesOneStaysAsItIs() {
    assertThat(text("f(OPERATOR)")).isEqualTo("f(OPERATOR)");
    assertThat(text("(title ~ 'x'::text)")).isEqualTo("(title ~ 'x'::text)");
  }

  @Test
  void namesWithoutASchemaAreBuiltIn() {
    Definition query = PostgresDefinitions.query("view v", "SELECT 1");
    assertThat(query.form()).isEqualTo(Definition.Form.QUERY);
    assertThat(query.path()).isEqualTo(PostgresDefinitions.BUILT_IN_NAMES);
  }

  private static String text(String printed) {
    Definition expression = PostgresDefinitions.expression("policy p", printed);
    assertThat(expression.form()).isEqualTo(Definition.Form.EXPRESSION);
    return expression.text();
  }
}
