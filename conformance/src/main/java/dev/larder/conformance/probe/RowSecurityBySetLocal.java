package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class RowSecurityBySetLocal implements Probe {

  @Override
  public String sentence() {
    return "The same with SET LOCAL, which ends with its transaction.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    String app = RowSecurity.given(story);
    for (int time = 0; time < 3; time++) {
      try (Client a = story.clientAs(app)) {
        a.run("set app.tenant = 'A'");
        a.expects("A-secret", RowSecurity.QUERY);
        a.begin();
        a.run("set local app.tenant = 'B'");
        a.expects("B-secret", RowSecurity.QUERY);
        a.commit();
        a.expects("A-secret", RowSecurity.QUERY);
        a.read("select set_config('app.tenant', 'B', true)");
        a.expects("B-secret", RowSecurity.QUERY);
        a.rollback();
        a.expects("A-secret", RowSecurity.QUERY);
        a.commit();
      }
    }
  }
}
