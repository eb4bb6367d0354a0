package dev.larder.jdbc.internal.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Statements link themselves, and each is closed once. */
class OpenStatementsTest {

  private final List<Listed> closed = new ArrayList<>();
  private @Nullable StatementContext first;

  /** A statement that is only listed, and says when it is closed. */
  private final class Listed extends StatementContext {
    private final @Nullable SQLException failure;

    @SuppressWarnings("NullAway") // nothing is asked of its connection
    Listed(@Nullable SQLException failure) {
      super(null, (connection, sql) -> null);
      this.failure = failure;
    }

    @Override
    void closeCurrentResult() {}

    @Override
    public void close() throws SQLException {
      closed.add(this);
      // As a statement does that is closed by its connection, which has forgotten the list by then.
      OpenStatements.without(null, this);
      if (failure != null) {
        throw failure;
      }
    }
  }

  private Listed opened() {
    return opened(null);
  }

  private Listed opened(@Nullable SQLException failure) {
    Listed statement = new Listed(failure);
    first = OpenStatements.with(first, statement);
    return statement;
  }

  private void without(StatementContext statement) {
    first = OpenStatements.without(first, statement);
  }

  private @Nullable Throwable closeAll() {
    return OpenStatements.closeAll(first);
  }

  @Test
  void theLatestIsClosedFirst() {
    Listed one = opened();
    Listed two = opened();
    Listed three = opened();
    assertThat(closeAll()).isNull();
    assertThat(closed).containsExactly(three, two, one);
  }

  @Test
  void anyOfThemCanLeave() {
    Listed last = opened();
    Listed middle = opened();
    Listed head = opened();
    Listed left = opened();
    without(middle);
    without(left);
    without(last);
    assertThat(first).isSameAs(head);
    closeAll();
    assertThat(closed).containsExactly(head);
  }

  @Test
  void theListEndsWithItsLast() {
    Listed only = opened();
    without(only);
    assertThat(first).isNull();
    assertThat(closeAll()).isNull();
    assertThat(closed).isEmpty();
  }

  @Test
  void whatHasLeftCanLeaveAgain() {
    Listed one = opened();
    Listed two = opened();
    without(one);
    without(one);
    assertThat(first).isSameAs(two);
    closeAll();
    assertThat(closed).containsExactly(two);
  }

  @Test
  void aFailureKeepsNoneFromBeingClosed() {
    SQLException earlier = new SQLException("closed last, opened first");
    SQLException later = new SQLException("closed first, opened last");
    Listed one = opened(earlier);
    Listed two = opened();
    Listed three = opened(later);
    assertThat(closeAll()).isSameAs(later);
    assertThat(closed).containsExactly(three, two, one);
  }
}
