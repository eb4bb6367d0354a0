package dev.larder.jdbc.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.pool.Origin;
import dev.larder.jdbc.internal.pool.Pool;
import dev.larder.jdbc.internal.route.ReplicaState.Out;
import dev.larder.jdbc.internal.route.ReplicaState.Reason;
import dev.larder.jdbc.internal.route.ReplicaState.Serving;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.settings.Settings;
import java.sql.SQLException;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a replica is in the rotation, as its watch says; no server is asked. */
class ReplicaTest {

  private static final Serving SERVING = new Serving(100, 1);

  private final Replica replica =
      new Replica(
          "a replica",
          new Pool<PhysicalProfile>(
              Origin.of(new JdbcDataSource()),
              Settings.DEFAULTS.connections().pool().ofReplica(),
              raw -> {
                throw new SQLException("it is not asked");
              }),
          0);

  @AfterEach
  void close() {
    replica.close();
  }

  private boolean isGivenEachRead() {
    return IntStream.range(0, 200).allMatch(i -> replica.hasRoom());
  }

  @Test
  void itIsOutUntilItHasAnswered() {
    assertThat(replica.state()).isEqualTo(new Out(Reason.NOT_ASKED_YET));
    assertThat(replica.condition()).isEqualTo("out: " + Reason.NOT_ASKED_YET);
  }

  @Test
  void theFirstTimeItIsGivenEveryReadAtOnce() {
    replica.enter(SERVING);
    assertThat(replica.condition()).isEqualTo("serving");
    assertThat(isGivenEachRead()).isTrue();
  }

  @Test
  void whenItComesBackItIsGivenFewAtFirst() {
    replica.enter(SERVING);
    replica.enter(new Out(Reason.LAGGING));
    assertThat(replica.condition()).isEqualTo("out: " + Reason.LAGGING);
    replica.enter(new Serving(200, 1));
    assertThat(replica.condition()).isEqualTo("returning");
    assertThat(isGivenEachRead()).isFalse();
  }

  @Test
  void goingOnIsNoReturn() {
    replica.enter(SERVING);
    replica.enter(new Serving(200, 1));
    assertThat(replica.condition()).isEqualTo("serving");
    assertThat(replica.state()).isEqualTo(new Serving(200, 1));
  }

  @Test
  void onceClosedNothingBringsItBack() {
    replica.enter(SERVING);
    replica.close();
    replica.enter(SERVING);
    assertThat(replica.state()).isEqualTo(new Out(Reason.CLOSED));
  }

  @Test
  void onlyTheOrderOfLoadsMeansSomething() {
    assertThat(replica.load()).isZero();
    assertThat(replica.reads()).isZero();
    assertThat(replica.failures()).isZero();
  }
}
