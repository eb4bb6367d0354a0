package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class PseudoColumns implements Probe {

  @Override
  public String sentence() {
    return "A name that stands for a column or a place of the row follows the row.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    String query =
        switch (story.product()) {
          case POSTGRESQL -> "select id from book where \"ctid\" = '(0,1)'";
          case MARIADB, MYSQL -> "select title from book where _rowid = 1";
          case H2 -> "select title from book where _rowid_ = 1";
        };
    story.assertRight(query);
    story.through("update book set id = 50 where id = 1");
    story.assertRight(query);
    story.through("update book set id = 1 where id = 50");
    story.assertRight(query);
  }
}
