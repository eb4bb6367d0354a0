package dev.larder.hibernate.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a statement's words tell of what it writes. */
final class WrittenTablesTest {

  private static final ChangeSet BOOK = WrittenTables.ofTable("book");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into book values (1)",
        "INSERT IGNORE INTO shop.Book (id) VALUES (1)",
        "/* hint */ update \"book\" set title = ?",
        "update book as b set title = ?",
        "-- why\n delete from book b where id = ?",
        "delete from `book`;",
        "merge into book using other on 1 = 1 when matched then delete",
      })
  void theOneTableThatIsNamed(String sql) {
    assertThat(WrittenTables.of(sql)).isEqualTo(BOOK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from book",
        "(select 1) union (select 2)",
        "values (1)",
        "set search_path to x",
        "with x as (select 1) select * from x",
      })
  void nothingWhereItOnlyReads(String sql) {
    assertThat(WrittenTables.of(sql)).isEqualTo(ChangeSet.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update book, shelf set title = ?",
        "update book b join shelf s on true set title = ?",
        "update only book set title = ?",
        "insert into book values (1); delete from shelf",
        "with x as (delete from book returning *) select * from x",
        "call restock()",
        "truncate book",
        "create table x (id int)",
        "",
      })
  void everythingWhereMoreMayBeMeant(String sql) {
    assertThat(WrittenTables.of(sql)).isEqualTo(ChangeSet.EVERYTHING);
  }
}
