package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class DefaultsOfTheRole implements Probe {

  @Override
  public String sentence() {
    return "What ALTER ROLE ... SET gives to new connections decides what they read, from "
        + "then on.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    String app = RowSecurity.given(story);
    story.given("alter role " + app + " set app.tenant = 'A'");
    try (Client a = story.clientAs(app)) {
      a.expects("A-secret", RowSecurity.QUERY);
      a.expects("A-secret", RowSecurity.QUERY);
    }
    story.through("alter role " + app + " set app.tenant = 'B'");
    try (Client holder = story.clientAs(app)) {
      // A pool lends what it has opened before the change: somebody else is at work on that.
      String own = holder.read("select current_setting('app.tenant', true)");
      holder.expects(own + "-secret", RowSecurity.QUERY);
      for (int time = 0; time < 3; time++) {
        try (Client b = story.clientAs(app)) {
          b.expects("B-secret", RowSecurity.QUERY);
          b.expects("B", "select current_setting('app.tenant', true)");
          b.expects("B-secret", RowSecurity.QUERY);
        }
      }
    }
  }
}
