package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.Set;

final class SequenceReadAsTable implements Probe {

  @Override
  public String sentence() {
    return "A sequence read like a table shows every nextval.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given("create sequence s");
    String query = "select last_value, is_called from s";
    story.assertRight(query);
    story.through("select nextval('s')", "select nextval('s')");
    story.assertRight(query);
  }
}
