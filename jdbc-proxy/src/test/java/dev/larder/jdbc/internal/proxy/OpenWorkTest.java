package dev.larder.jdbc.internal.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.invalidation.ledger.OpenCommit;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a connection's statements have left open, and who ends it. */
class OpenWorkTest {

  private final Ledger ledger = Ledger.unshared(new DatabaseIdentity("none", "open work"));
  private final OpenWork work = new OpenWork();
  private final List<ResultSet> closed = new ArrayList<>();

  private OpenCommit commit() {
    return ledger.begin(ChangeSet.EVERYTHING);
  }

  private static <T> T stub(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Statement statement() {
    return stub(
        Statement.class,
        (proxy, method, arguments) ->
            method.getName().equals("equals") ? proxy == arguments[0] : null);
  }

  private ResultSet result() {
    return stub(
        ResultSet.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "equals" -> proxy == arguments[0];
              case "hashCode" -> System.identityHashCode(proxy);
              case "isClosed" -> closed.contains(proxy);
              case "close" -> closed.add((ResultSet) proxy);
              default -> null;
            });
  }

  @Test
  void theEndOfAResultEndsWhatItsStatementHeld() {
    Statement one = statement();
    OpenCommit ofOne = commit();
    OpenCommit ofAnother = commit();
    work.hold(ofOne, one, true);
    work.hold(ofAnother, statement(), true);
    work.endOf(one);
    assertThat(ofOne.hasEnded()).isTrue();
    assertThat(ofAnother.hasEnded()).isFalse();
    assertThat(work.hasCommits()).isTrue();
  }

  @Test
  void aCallMayGoOnAfterItsResult() {
    Statement call = statement();
    OpenCommit open = commit();
    work.hold(open, call, false);
    work.endOf(call);
    assertThat(open.hasEnded()).isFalse();
    assertThat(work.takeCommits()).containsExactly(open);
  }

  @Test
  void whatIsTakenIsTheTakersToEnd() {
    OpenCommit open = commit();
    work.hold(open, null, false);
    assertThat(work.takeCommits()).containsExactly(open);
    assertThat(open.hasEnded()).isFalse();
    assertThat(work.hasCommits()).isFalse();
    assertThat(work.takeCommits()).isEmpty();
  }

  @Test
  void anObjectOfTheDriversIsCountedUntilItIsTaken() {
    assertThat(work.isUnwrapped()).isFalse();
    OpenCommit open = commit();
    work.unwrapped(open);
    assertThat(work.isUnwrapped()).isTrue();
    assertThat(work.takeUnwrapped()).isSameAs(open);
    assertThat(work.isUnwrapped()).isFalse();
    assertThat(work.takeUnwrapped()).isNull();
  }

  @Test
  void resultsOfReplicasAreClosedTogether() throws SQLException {
    ResultSet over = result();
    work.readsElsewhere(over);
    over.close();
    closed.clear();
    ResultSet open = result();
    ResultSet another = result();
    closed.add(over);
    work.readsElsewhere(open);
    work.readsElsewhere(another);
    work.closeElsewhere();
    // One that was over by then is not remembered, and not closed again.
    assertThat(closed).containsExactly(over, open, another);
  }
}
