package dev.larder.hibernate.internal.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.internal.session.Announcement.Exemption;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which texts of an action are given its hint. */
final class StatementHintTest {

  @AfterEach
  void close() {
    StatementHint.close();
  }

  private static void open(String... tables) {
    StatementHint.open(new Exemption("1:Book", Set.of(tables)));
  }

  @Test
  void noneWithoutAnAction() {
    assertThat(StatementHint.cacheOf("insert into book values (?)")).isNull();
    assertThat(StatementHint.close()).isFalse();
  }

  @Test
  void eachTableOnce() {
    open("book", "\"Odd (name)\"");
    assertThat(StatementHint.cacheOf("insert into book (id) values (?)")).isEqualTo("1:Book");
    assertThat(StatementHint.cacheOf("insert into book (id) values (?)")).isNull();
    assertThat(StatementHint.cacheOf("/* c */ insert into \"Odd (name)\"(id) values (?)"))
        .isEqualTo("1:Book");
    assertThat(StatementHint.close()).isTrue();
  }

  @Test
  void onlyTablesThatTheActionAccountsFor() {
    open("book");
    assertThat(StatementHint.cacheOf("insert into shelf (id) values (?)")).isNull();
    assertThat(StatementHint.close()).isFalse();
  }

  @Test
  void updatesAndDeletesOnlyByRow() {
    open("book");
    assertThat(StatementHint.cacheOf("update book set title=?")).isNull();
    assertThat(StatementHint.cacheOf("delete from book")).isNull();
    assertThat(StatementHint.cacheOf("select * from book where id=?")).isNull();
    assertThat(StatementHint.cacheOf("update book set title=? where id=?")).isEqualTo("1:Book");
  }

  @Test
  void anActionThatIsOverGivesNone() {
    open("book");
    StatementHint.close();
    assertThat(StatementHint.cacheOf("delete from book where id=?")).isNull();
  }
}
