package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class SetRole implements Probe {

  @Override
  public String sentence() {
    return "A role without the right to read is refused, though the answer is in memory, and "
        + "policies see the role.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    String role = story.givenUser("reader");
    story.given(
        "create table note (owner text, body text)",
        "insert into note values ('" + role + "', 'mine'), ('somebody', 'other')",
        "alter table note enable row level security",
        "create policy own on note using (owner = current_user)",
        "grant select on note to " + role);
    String notes = "select body from note order by body";
    story.assertCached(TITLE);
    story.assertCached(notes);
    try (Client client = story.client()) {
      client.run("set role " + role);
      client.assertRefused(TITLE);
      client.expects("mine", notes);
      client.expects("mine", notes);
      client.run("reset role");
      client.expects("v1", TITLE);
      client.expects("mine; other", notes);
      client.run("set session authorization " + role);
      client.assertRefused(TITLE);
      client.expects("mine", notes);
      client.run("reset session authorization");
      client.expects("mine; other", notes);
    }
  }
}
