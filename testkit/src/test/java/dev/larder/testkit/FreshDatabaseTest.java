package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

class FreshDatabaseTest {

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL, Product.H2})
  void answers(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(1);
    }
    try (Connection connection = database.dataSource().getConnection()) {
      assertThat(connection.getMetaData().getDatabaseProductName())
          .isEqualTo(database.product().toString());
    }
    assertThat(database.url()).doesNotContain(database.password());
  }

  @EachDatabase({Product.POSTGRESQL, Product.MARIADB, Product.MYSQL, Product.H2})
  void doesNotSeeAnother(TestDatabase database) {
    database.execute("CREATE TABLE book (id INT PRIMARY KEY)", "INSERT INTO book VALUES (1)");
    try (TestDatabase other = Databases.fresh(database.product())) {
      assertThatThrownBy(() -> other.execute("SELECT * FROM book"))
          .isInstanceOf(IllegalStateException.class)
          .hasCauseInstanceOf(SQLException.class);
    }
    database.execute("SELECT * FROM book");
  }
}
