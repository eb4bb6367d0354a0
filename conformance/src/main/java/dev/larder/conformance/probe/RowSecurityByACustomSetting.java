package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.util.List;
import java.util.Set;

final class RowSecurityByACustomSetting implements Probe {

  @Override
  public String sentence() {
    return "Rows of a tenant whose setting is named like a harmless one (log_tenant.id) are "
        + "given to that tenant alone.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    String app = story.givenUser("app");
    story.given(
        "create table secret (tenant text, body text)",
        "insert into secret values ('A', 'A-secret'), ('B', 'B-secret')",
        "alter table secret enable row level security",
        "create policy own on secret using (tenant in (current_setting('log_tenant.id', true),"
            + " current_setting('enable_tenant.id', true), current_setting('jit.tenant', true),"
            + " current_setting('work_mem.tenant', true)))",
        "grant select on secret to " + app);
    for (String setting :
        List.of("log_tenant.id", "enable_tenant.id", "jit.tenant", "work_mem.tenant")) {
      try (Client a = story.clientAs(app);
          Client b = story.clientAs(app)) {
        a.run("set " + setting + " = 'A'");
        b.run("set " + setting + " = 'B'");
        for (int time = 0; time < 2; time++) {
          a.expects("A-secret", RowSecurity.QUERY);
          b.expects("B-secret", RowSecurity.QUERY);
        }
      }
    }
  }
}
