package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class FunctionsOverTables implements Probe {

  @Override
  public String sentence() {
    return "A function that reads a table is as fresh as the table.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given(
        switch (story.product()) {
          case POSTGRESQL ->
              "create function books() returns bigint stable language sql as 'select count(*) from"
                  + " book'";
          case MARIADB, MYSQL ->
              "create function books() returns int reads sql data return (select count(*) from"
                  + " book)";
          case H2 -> "create alias books for 'dev.larder.conformance.probe.H2Code.books'";
        });
    story.assertRight("select books()");
    story.assertRight("select id from book where id <= books() order by id");
    story.through("insert into book values (3, 'x1')");
    story.assertRight("select books()");
    story.assertRight("select id from book where id <= books() order by id");
  }
}
