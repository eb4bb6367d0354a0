package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What {@code explain} says of the rows and columns that an answer depends on, or a write touches.
 */
class ExplainedRowsTest {

  private TestDatabase database;
  private LarderDataSource larder;

  @BeforeEach
  void open() {
    database = Databases.postgres();
    database.execute(
        "create table publisher (id int primary key, name text)",
        "create table book (id int primary key, title text, price int, publisher_id int)");
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    larder = LarderDataSource.wrap(database.dataSource(), settings);
  }

  @AfterEach
  void close() {
    larder.close();
    database.close();
  }

  private String said(String sql) throws SQLException {
    return larder.explain(sql).detail();
  }

  @Test
  void aQueryByKeyFollowsThatRowsColumns() throws SQLException {
    assertThat(said("select b.title from book b where b.id = ?"))
        .isEqualTo("of public.book the rows with that id, of these only id, title");
    assertThat(larder.explain("select b.title from book b where b.id = 7").toString())
        .isEqualTo(
            "Cached until one of its tables changes: public.book"
                + " (of public.book the rows with that id, of these only id, title).");
  }

  @Test
  void aQueryOfEverythingFollowsTheWholeTable() throws SQLException {
    assertThat(said("select * from book")).isEmpty();
    assertThat(said("select b.title from book b order by b.title"))
        .isEqualTo("of public.book only title");
  }

  @Test
  void aJoinFollowsAPartOfEach() throws SQLException {
    assertThat(
            said(
                "select b.title, p.name from book b join publisher p on p.id = b.publisher_id"
                    + " where b.id = ?"))
        .contains("of public.book the rows with that id, of these only id, publisher_id, title")
        .doesNotContain("price");
  }

  @Test
  void aWriteTouchesThatRowsColumns() throws SQLException {
    assertThat(said("update book set price = ? where id = ?"))
        .isEqualTo("of public.book the rows with that id, of these only price");
    assertThat(said("delete from book where id = ?"))
        .isEqualTo("of public.book the rows with that id");
    assertThat(said("delete from book")).isEmpty();
  }
}
