package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.util.ArrayList;
import java.util.List;

final class TablesInHiddenPlaces implements Probe {

  @Override
  public String sentence() {
    return "A table is found wherever a query mentions it: sub-queries, unions, CTEs, CASE, "
        + "ORDER BY, HAVING.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given(
        "create table author (id int primary key, name varchar(40))",
        "insert into author values (1, 'Ann')");
    List<String> queries =
        new ArrayList<>(
            List.of(
                "select (select max(name) from author) from book where id = 1",
                "select id from book where exists (select 1 from author where name = 'Bob') order"
                    + " by id",
                "select id from book where id in (select id from author where name = 'Bob')",
                "select title from book where id = 1 union all select name from author",
                "with a as (select name from author) select * from a",
                "select x.name from (select name from author) x",
                "select b.id from book b left join author a on a.id = b.id and a.name = 'Bob'"
                    + " where a.id is not null",
                "select case when (select max(name) from author) = 'Bob' then 1 else 2 end from"
                    + " book where id = 1",
                "select max(id) from book group by title having max(id) > (select count(*) from"
                    + " author where name = 'Bob') order by 1",
                "select id from book order by (select case when max(name) = 'Bob' then 1 else -1"
                    + " end from author) * id"));
    if (!story.product().speaksMySql()) {
      queries.add("table author");
    }
    for (String query : queries) {
      story.assertCached(query);
    }
    story.through("update author set name = 'Bob' where id = 1");
    for (String query : queries) {
      story.assertRight(query);
    }
  }
}
