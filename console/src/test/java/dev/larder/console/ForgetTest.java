package dev.larder.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.TestDatabase;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** After something is forgotten, the next read asks the database. */
final class ForgetTest {

  private static final String TITLE = "select title from book where id = 1";
  private static final String COUNT = "select count(*) from book where title = ?";
  private static final String SHOP = "select name from shop";

  private static void shelve(TestDatabase database) {
    database.execute(
        "create table book (id int primary key, title varchar(50))",
        "insert into book values (1, 'old')",
        "create table shop (name varchar(50))",
        "insert into shop values ('old')");
  }

  /** Reads until all is in memory, then writes behind the back of the data source. */
  private static void changeUnseen(TestDatabase database, ShownDataSource shown) throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThat(shown.read(TITLE)).isEqualTo("old");
      assertThat(shown.read(COUNT, "old")).isEqualTo("1");
      assertThat(shown.read(SHOP)).isEqualTo("old");
    }
    database.execute("update book set title = 'new'", "update shop set name = 'new'");
    assertThat(shown.read(TITLE)).isEqualTo("old");
    assertThat(shown.read(COUNT, "old")).isEqualTo("1");
    assertThat(shown.read(SHOP)).isEqualTo("old");
  }

  private static String id(ShownDataSource shown, String start) throws Exception {
    Matcher row =
        Pattern.compile("\"id\":\"([0-9a-f]+)\",\"text\":\"" + start)
            .matcher(shown.get("/api/show/queries").body());
    assertThat(row.find()).as(start).isTrue();
    return row.group(1);
  }

  @EachDatabase
  void aTable(TestDatabase database) throws Exception {
    shelve(database);
    try (ShownDataSource shown = ShownDataSource.over(database)) {
      changeUnseen(database, shown);
      assertThat(shown.forget("{\"table\": \"b\\u006fok\"}").status()).isEqualTo(200);
      assertThat(shown.read(TITLE)).isEqualTo("new");
      assertThat(shown.read(COUNT, "old")).isEqualTo("0");
      assertThat(shown.read(SHOP)).as("another table").isEqualTo("old");
      assertThat(shown.get("/api/show/tables").body()).contains("\"changes_by_hooks\":1,");
    }
  }

  @EachDatabase
  void aTableByTheNameThatThePageShows(TestDatabase database) throws Exception {
    shelve(database);
    try (ShownDataSource shown = ShownDataSource.over(database)) {
      changeUnseen(database, shown);
      Matcher name =
          Pattern.compile("(?i)\"table_name\":\"([^\"]*book)\",\"entries\":2,")
              .matcher(shown.get("/api/show/tables").body());
      assertThat(name.find()).isTrue();
      assertThat(shown.forget("{\"table\":\"" + name.group(1) + "\"}").status()).isEqualTo(200);
      assertThat(shown.read(TITLE)).isEqualTo("new");
      assertThat(shown.read(SHOP)).as("another table").isEqualTo("old");
    }
  }

  @EachDatabase
  void aTemplate(TestDatabase database) throws Exception {
    shelve(database);
    try (ShownDataSource shown = ShownDataSource.over(database)) {
      changeUnseen(database, shown);
      String id = id(shown, "select title from book");
      assertThat(shown.forget("{\"template\": \"" + id + "\"}").status()).isEqualTo(200);
      assertThat(shown.read(TITLE)).isEqualTo("new");
      assertThat(shown.read(COUNT, "old")).as("another template").isEqualTo("1");
      assertThat(shown.forget("{\"template\": \"no such\"}").status()).isEqualTo(200);
      long hits = shown.larder.statistics().hits();
      assertThat(shown.read(TITLE)).isEqualTo("new");
      assertThat(shown.larder.statistics().hits()).as("it is kept again").isEqualTo(hits + 1);
    }
  }

  @EachDatabase
  void everything(TestDatabase database) throws Exception {
    shelve(database);
    try (ShownDataSource shown = ShownDataSource.over(database)) {
      changeUnseen(database, shown);
      assertThat(shown.forget("{\"everything\": true}").status()).isEqualTo(200);
      assertThat(shown.read(TITLE)).isEqualTo("new");
      assertThat(shown.read(COUNT, "old")).isEqualTo("0");
      assertThat(shown.read(SHOP)).isEqualTo("new");
    }
  }
}
