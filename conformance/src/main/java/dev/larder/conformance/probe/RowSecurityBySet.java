package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class RowSecurityBySet implements Probe {

  @Override
  public String sentence() {
    return "Rows of a tenant chosen by SET are given to that tenant alone.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    String app = RowSecurity.given(story);
    for (int time = 0; time < 3; time++) {
      try (Client a = story.clientAs(app);
          Client b = story.clientAs(app)) {
        a.run("set app.tenant = 'A'");
        b.run("set app.tenant to 'B'");
        a.expects("A-secret", RowSecurity.QUERY);
        b.expects("B-secret", RowSecurity.QUERY);
        a.run("set app.tenant = 'B'");
        a.expects("B-secret", RowSecurity.QUERY);
        a.run("reset app.tenant");
        a.expects("no rows", RowSecurity.QUERY);
        a.expects("no rows", RowSecurity.QUERY);
      }
    }
  }
}
