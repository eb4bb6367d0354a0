package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class RowSecurityBySetConfig implements Probe {

  @Override
  public String sentence() {
    return "The same with set_config, by literal and by parameter.";
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
        a.expects("A", "select set_config('app.tenant', 'A', false)");
        b.expects("B", "select set_config('app.tenant', ?, false)", "B");
        a.expects("A-secret", RowSecurity.QUERY);
        b.expects("B-secret", RowSecurity.QUERY);
        b.expects("A", "select set_config('app.tenant', ?, false)", "A");
        b.expects("A-secret", RowSecurity.QUERY);
      }
    }
  }
}
