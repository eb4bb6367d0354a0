package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class TenantOfATransaction implements Probe {

  @Override
  public String sentence() {
    return "A tenant set by set_config(..., true) at the start of each transaction is that "
        + "transaction's alone.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    String app = RowSecurity.given(story);
    for (int request = 0; request < 6; request++) {
      String tenant = request % 2 == 0 ? "A" : "B";
      try (Client client = story.clientAs(app)) {
        client.begin();
        client.read("select set_config('app.tenant', ?, true)", tenant);
        for (int time = 0; time < 3; time++) {
          client.expects(tenant + "-secret", RowSecurity.QUERY);
        }
        client.commit();
        client.expects("no rows", RowSecurity.QUERY);
        client.rollback();
      }
    }
  }
}
