package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.sql.Savepoint;
import java.util.Set;

final class SetUndoneByRollback implements Probe {

  @Override
  public String sentence() {
    return "A SET that is rolled back was never set.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    String app = RowSecurity.given(story);
    try (Client a = story.clientAs(app)) {
      a.run("set app.tenant = 'A'");
      a.expects("A-secret", RowSecurity.QUERY);
      a.begin();
      a.run("set app.tenant = 'B'");
      a.expects("B-secret", RowSecurity.QUERY);
      a.rollback();
      a.expects("A-secret", RowSecurity.QUERY);
      Savepoint savepoint = a.connection().setSavepoint();
      a.run("set app.tenant = 'B'");
      a.connection().rollback(savepoint);
      a.expects("A-secret", RowSecurity.QUERY);
      a.commit();
    }
  }
}
