package dev.larder.jdbc.internal.product;

import dev.larder.jdbc.internal.analysis.AnalysisLimits;
import dev.larder.jdbc.internal.analysis.SqlAnalyzer;
import dev.larder.jdbc.internal.analysis.SqlSyntax;
import dev.larder.jdbc.internal.datasource.Products;

/** The products as tests name them. Immutable and thread-safe. */
public enum ProductUnderTest {
  POSTGRESQL("PostgreSQL"),
  MARIADB("MariaDB"),
  MYSQL("MySQL"),
  H2("H2"),
  OTHER("Derby");

  private final Product product;

  ProductUnderTest(String name) {
    product = Products.named(name);
  }

  public Product product() {
    return product;
  }

  public SqlSyntax syntax() {
    return product.syntax();
  }

  /** An analyzer of its texts that remembers nothing. */
  public SqlAnalyzer analyzer() {
    return analyzer(AnalysisLimits.DEFAULT);
  }

  public SqlAnalyzer analyzer(AnalysisLimits limits) {
    return new SqlAnalyzer(product.syntax(), product.settingStatements(), limits);
  }
}
