package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.util.Locale;

final class ViewOfTheCurrentUser implements Probe {

  @Override
  public String sentence() {
    return "A view that asks who is asking answers each user with their own rows.";
  }

  @Override
  public void tell(Story story) throws Exception {
    String user = story.givenUser("reader");
    String me =
        switch (story.product()) {
          case POSTGRESQL -> "current_user::text";
          case MARIADB, MYSQL -> "substring_index(user(), '@', 1)";
          case H2 -> "lower(current_user)";
        };
    story.given(
        "create table note (owner varchar(80), body varchar(40))",
        "insert into note values ('" + user.toLowerCase(Locale.ROOT) + "', 'mine')",
        "create view my_note as select body from note where owner = " + me,
        "grant select on my_note to " + user);
    String query = "select body from my_note";
    story.assertRight(query);
    try (Client reader = story.clientAs(user)) {
      reader.expects("mine", query);
      reader.expects("mine", query);
    }
    story.expects("no rows", query);
  }
}
