package dev.larder.jdbc.internal.pin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the plainest texts look something up. */
final class LookUpTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select name from country where id= ?|id|select name, id from country",
        "select*from country where code= ?|code|select *, code from country",
        "select c.*from country c where c.code= ?|code|select c.*, c.code from country c",
        "SELECT c.ID,c.NAME FROM APP.COUNTRY AS c WHERE c.ID= ?"
            + "|ID|select c.ID,c.NAME, c.ID from APP.COUNTRY AS c",
        "select \"a b\" from \"T\" where \"I d\"= ?|I d|select \"a b\", \"I d\" from \"T\""
      })
  void aLookUpIsKnown(String template, String column, String whole) {
    LookUpText found = Objects.requireNonNull(LookUpText.of(template));
    assertThat(found.column()).isEqualTo(column);
    assertThat(found.wholeTable()).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select name from country",
        "select name from country where id= ? and kind= ?",
        "select name from country where id= ? or id= ?",
        "select name from country where id> ?",
        "select name from country where ?=id",
        "select count(*)from country where id= ?",
        "select name as n from country where id= ?",
        "select name from country where id= ? order by name",
        "select name from country where id= ? limit \u0002",
        "select name from country where id= ? for update",
        "select name from country,city where id= ?",
        "select name from country c join city on true where id= ?",
        "select name from country where lower(code)= ?",
        "select name from country where id= ?::int",
        "select name from country where id= ?+\u0002",
        "select name+\u0002 from country where id= ?",
        "select \u0001 from country where id= ?",
        "with x as(select \u0002)select name from country where id= ?",
        "select name from country where id= ? union select name from city where id= ?",
        "update country set name= ? where id= ?"
      })
  void anythingElseIsNot(String template) {
    assertThat(LookUpText.of(template)).isNull();
  }
}
