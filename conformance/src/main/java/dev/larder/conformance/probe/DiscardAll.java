package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.List;
import java.util.Set;

final class DiscardAll implements Probe {

  @Override
  public String sentence() {
    return "DISCARD ALL and RESET ALL bring back what the session began with.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    String app = RowSecurity.given(story);
    try (Client a = story.clientAs(app)) {
      for (String reset : List.of("discard all", "reset all")) {
        a.run("set app.tenant = 'A'");
        a.expects("A-secret", RowSecurity.QUERY);
        a.run(reset);
        a.expects("no rows", RowSecurity.QUERY);
        a.expects("no rows", RowSecurity.QUERY);
      }
    }
  }
}
