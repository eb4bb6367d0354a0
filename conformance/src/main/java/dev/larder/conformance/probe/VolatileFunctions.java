package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.ArrayList;
import java.util.List;

final class VolatileFunctions implements Probe {

  @Override
  public String sentence() {
    return "now(), random(), nextval and their like are asked of the database every time.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    List<String> queries =
        switch (story.product()) {
          case POSTGRESQL -> {
            story.given("create sequence s");
            yield List.of(
                "select now(), title from book",
                "select random(), title from book",
                "select nextval('s'), title from book where id = 1",
                "select title from book where current_timestamp is not null",
                "select clock_timestamp()",
                "select gen_random_uuid() from book",
                "select title from book tablesample bernoulli (50)",
                "select pg_backend_pid() from book");
          }
          case MARIADB, MYSQL -> {
            List<String> ofBoth =
                new ArrayList<>(
                    List.of(
                        "select now(6), title from book",
                        "select rand(), title from book",
                        "select uuid() from book",
                        "select last_insert_id() from book",
                        "select connection_id() from book",
                        "select title from book where sysdate() is not null"));
            if (story.product() == Product.MARIADB) {
              story.given("create sequence s");
              ofBoth.add("select nextval(s), title from book where id = 1");
            } else {
              ofBoth.add("select uuid_short() from book");
              ofBoth.add("select random_bytes(4) from book");
              ofBoth.add("select /*!50000 utc_timestamp(6), */ title from book");
              ofBoth.add("select is_free_lock('larder') from book");
            }
            yield ofBoth;
          }
          case H2 -> {
            story.given("create sequence s");
            yield List.of(
                "select now(9), title from book",
                "select rand(), title from book",
                "select next value for s, title from book where id = 1",
                "select random_uuid() from book",
                "select session_id() from book",
                "select title from book where current_timestamp is not null");
          }
        };
    for (String query : queries) {
      story.assertNeverFromMemory(query);
    }
  }
}
