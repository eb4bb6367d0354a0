package dev.larder.jdbc.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.ObjectName;
import dev.larder.jdbc.internal.analysis.SqlAnalyzer;
import dev.larder.jdbc.internal.product.ProductUnderTest;
import dev.larder.jdbc.internal.product.unknown.DeclaredCatalogue;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a user declares: functions on any product, tables on an unknown one. */
class DeclarationsTest {

  @Test
  void declarationsAreRead() {
    FunctionDeclarations declarations =
        FunctionDeclarations.parse(
            "calc_tax = immutable; audit_log=writes(public.audit, public.log) ;"
                + "rate_of=READS(public.rate);com.acme.StockTrigger=writes(STOCK_AUDIT);"
                + " quiet=writes();");
    assertThat(declarations.find(ObjectName.of("CALC_TAX")))
        .contains(new FunctionDeclarations.Immutable());
    assertThat(declarations.find(ObjectName.of("any_schema", "audit_log")))
        .contains(
            new FunctionDeclarations.Writes(
                Set.of(ObjectName.of("public", "audit"), ObjectName.of("public", "log"))));
    assertThat(declarations.find(ObjectName.of("rate_of")))
        .contains(new FunctionDeclarations.Reads(Set.of(ObjectName.of("public", "rate"))));
    assertThat(declarations.find(ObjectName.of("com.acme.StockTrigger")))
        .contains(new FunctionDeclarations.Writes(Set.of(ObjectName.of("STOCK_AUDIT"))));
    assertThat(declarations.find(ObjectName.of("quiet")))
        .contains(new FunctionDeclarations.Writes(Set.of()));
    assertThat(declarations.find(ObjectName.of("other"))).isEmpty();
    assertThat(FunctionDeclarations.parse("").find(ObjectName.of("x"))).isEmpty();
  }

  @Test
  void allProblemsAreToldTogether() {
    assertThatThrownBy(
            () -> FunctionDeclarations.parse("a; b=perhaps; c=writes(x y); d=reads(); d=immutable"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a'")
        .hasMessageContaining("'b=perhaps'")
        .hasMessageContaining("'x y'")
        .hasMessageContaining("d=reads()")
        .hasMessageContaining("'d' is declared twice");
  }

  @Test
  void anUnknownProductKnowsOnlyTheListedTables() {
    SqlAnalyzer analyzer = ProductUnderTest.OTHER.analyzer();
    Catalogue catalogue =
        new DeclaredCatalogue(
            List.of("book", "shop.*"), FunctionDeclarations.parse("f=reads(shop.rate)"));
    assertThat(reads(catalogue, analyzer, "select upper(title) from BOOK"))
        .isEqualTo(new ReadSet.Tables(Set.of(new TableName("", "book"))));
    assertThat(reads(catalogue, analyzer, "select f(1) from shop.item"))
        .isEqualTo(
            new ReadSet.Tables(Set.of(new TableName("", "item"), new TableName("", "rate"))));
    assertThat(reads(catalogue, analyzer, "select * from other.item"))
        .isEqualTo(new ReadSet.Refused(BypassReason.UNKNOWN_TABLE, "other.item"));
    assertThat(reads(catalogue, analyzer, "select now() from book"))
        .isInstanceOf(ReadSet.Refused.class);
    assertThat(writes(catalogue, analyzer, "update book set title = 'x'"))
        .isEqualTo(new WriteSet.Tables(Set.of(new TableName("", "book"))));
    assertThat(writes(catalogue, analyzer, "update other set title = 'x'"))
        .isInstanceOf(WriteSet.Everything.class);
    assertThat(writes(catalogue, analyzer, "select g(1)")).isInstanceOf(WriteSet.Everything.class);
    assertThat(writes(catalogue, analyzer, "truncate table book"))
        .isInstanceOf(WriteSet.Everything.class);
    assertThat(catalogue.mayAlterSession(analyzer.factsOfQuery("select g(1)"), SearchPath.UNKNOWN))
        .isTrue();
  }

  private static ReadSet reads(Catalogue catalogue, SqlAnalyzer analyzer, String sql) {
    return catalogue.reads(analyzer.factsOfQuery(sql), SearchPath.UNKNOWN);
  }

  private static WriteSet writes(Catalogue catalogue, SqlAnalyzer analyzer, String sql) {
    return catalogue.writes(analyzer.factsOfQuery(sql), SearchPath.UNKNOWN);
  }
}
