package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class SettingsStayWithTheirConnection implements Probe {

  @Override
  public String sentence() {
    return "What one connection sets is not seen by the next, though a pool may lend both the "
        + "same.";
  }

  @Override
  public void tell(Story story) throws Exception {
    String other = story.product().speaksMySql() ? story.name("other") : "other";
    story.givenBooks();
    story.given(
        "create schema " + other,
        "create table " + other + ".book (id int primary key, title varchar(40))",
        "insert into " + other + ".book values (1, 'other')");
    if (story.product().speaksMySql()) {
      story.atTheEnd("drop schema " + other);
    }
    String set =
        switch (story.product()) {
          case POSTGRESQL -> "set search_path = " + other;
          case MARIADB, MYSQL -> "use " + other;
          case H2 -> "set schema " + other;
        };
    if (!isReset(story, set)) {
      story.notHere("the DataSource itself lends connections as they are");
    }
    for (int time = 0; time < 3; time++) {
      story.expects("v1", TITLE);
      try (Client client = story.client()) {
        client.run(set);
        client.expects("other", TITLE);
      }
    }
    story.assertRight(TITLE);
  }

  private static boolean isReset(Story story, String set) throws Exception {
    story.through(set);
    return story.isFromMemory(client -> client.read(TITLE)) || !"other".equals(read(story));
  }

  private static String read(Story story) throws Exception {
    try (Client client = story.client()) {
      return client.read(TITLE);
    }
  }
}
