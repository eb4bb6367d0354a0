package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.sql.Connection;

final class SnapshotOfOneState implements Probe {

  @Override
  public String sentence() {
    return "All that a REPEATABLE READ transaction reads is of one state, whoever writes.";
  }

  @Override
  public Writers writers() {
    return Writers.ANYONE;
  }

  @Override
  public void tell(Story story) throws Exception {
    story.given(
        "create table account (id int primary key, balance int)",
        "insert into account values (1, 50), (2, 50)");
    String first = "select balance from account where id = 1";
    String second = "select balance from account where id = 2";
    for (int time = 0; time < 3; time++) {
      story.maxStalenessPasses();
      story.assertRight(first);
      story.assertRight(second);
      story.elsewhere("update account set balance = balance + case id when 1 then -10 else 10 end");
      try (Client client = story.client()) {
        client.begin(Connection.TRANSACTION_REPEATABLE_READ);
        int sum = Integer.parseInt(client.read(first)) + Integer.parseInt(client.read(second));
        client.rollback();
        story.same("100", Integer.toString(sum), "the sum of both accounts");
      }
    }
  }
}
