package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

final class CollidingParameters implements Probe {

  @Override
  public String sentence() {
    return "Parameters whose hash codes are equal are different questions, and so are a "
        + "thousand random ones.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given("create table item (id varchar(40) primary key)");
    String query = "select id from item where id = ?";
    List<String> ids = new ArrayList<>(collisions(6));
    Random random = new Random(20_261);
    try (Client setup = story.client()) {
      setup.begin();
      for (String id : ids) {
        setup.run("insert into item values (?)", id);
      }
      setup.commit();
    }
    for (String id : ids) {
      story.assertCached(query, id);
    }
    try (Client client = story.client()) {
      for (String id : ids) {
        client.expects(id, query, id);
      }
      for (int i = 0; i < 1_000; i++) {
        String unknown = new UUID(random.nextLong(), random.nextLong()).toString();
        client.expects("no rows", query, unknown);
      }
      for (String id : ids) {
        client.expects(id, query, id);
      }
    }
  }

  /** Strings of one hash code: "Aa" and "BB" have the same. */
  private static List<String> collisions(int length) {
    List<String> all = List.of("");
    for (int i = 0; i < length; i++) {
      List<String> longer = new ArrayList<>();
      for (String one : all) {
        longer.add(one + "Aa");
        longer.add(one + "BB");
      }
      all = longer;
    }
    return all;
  }
}
