package dev.larder.conformance.probe;

import dev.larder.conformance.Story;
import java.sql.SQLException;

/** A table of two tenants' secrets under a policy that reads a setting. */
final class RowSecurity {

  static final String QUERY = "select body from secret";

  private RowSecurity() {}

  /** Makes it, and a user whom the policy binds. */
  static String given(Story story) throws SQLException {
    String user = story.givenUser("app");
    story.given(
        "create table secret (tenant text, body text)",
        "insert into secret values ('A', 'A-secret'), ('B', 'B-secret')",
        "alter table secret enable row level security",
        "create policy own on secret using (tenant = current_setting('app.tenant', true))",
        "grant select on secret to " + user);
    return user;
  }
}
