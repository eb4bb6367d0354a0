package dev.larder.jdbc.internal.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.RowChange;
import dev.larder.invalidation.Scope;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.Footprint;
import dev.larder.invalidation.ledger.NodeMoment;
import dev.larder.jdbc.internal.nodes.NodePosition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which positions show that a filler began to read after all that a node knows of. */
final class HeardChangesTest {

  private static final UUID SELF = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);
  private static final TableName BOOK = new TableName("public", "book");
  private static final TableName SHELF = new TableName("public", "shelf");
  private static final Footprint OF_BOOK = Footprint.of(List.of(BOOK), Set.of());

  private final AtomicLong said = new AtomicLong(10);
  private final HeardChanges changes = new HeardChanges(SELF, said::get);

  private @Nullable TierOutcome objection(long own, long other) {
    return changes.objection(
        new NodePosition(Map.of(SELF, own, OTHER, other)), OF_BOOK.scopes(), OF_BOOK::isMetBy);
  }

  private static ChangeSet of(TableName table) {
    return ChangeSet.ofTables(Set.of(table));
  }

  @Test
  void whoHasNotHeardThisNodeSinceItBeganIsNotBelieved() {
    changes.begin();
    assertThat(objection(10, 99)).isEqualTo(TierOutcome.NOT_HEARD);
    assertThat(objection(11, 0)).isNull();
  }

  @Test
  void anOwnChangeIsBeforeTheNextOwnMessage() {
    changes.ending(of(BOOK), null);
    assertThat(objection(10, 99)).isEqualTo(TierOutcome.CHANGED);
    said.set(11);
    assertThat(objection(11, 0)).isNull();
  }

  @Test
  void aChangeOfAnotherNodeIsBeforeTheMessageThatSaidSo() {
    changes.ending(of(BOOK), new NodeMoment(OTHER, 7));
    assertThat(objection(10, 6)).isEqualTo(TierOutcome.CHANGED);
    assertThat(objection(10, 7)).isNull();
    assertThat(objection(11, 6)).as("this node has said since that it knows").isNull();
  }

  @Test
  void aNodeOfWhichTheFillerHasNeverHeardShowsNothing() {
    changes.ending(of(BOOK), new NodeMoment(new UUID(0, 3), 1));
    assertThat(objection(10, 99)).isEqualTo(TierOutcome.CHANGED);
  }

  @Test
  void whatDoesNotMeetTheFootprintIsNoMatter() {
    changes.ending(of(SHELF), null);
    assertThat(objection(10, 0)).isNull();
    changes.ending(ChangeSet.DEFINITIONS, null);
    assertThat(objection(10, 0)).isEqualTo(TierOutcome.CHANGED);
  }

  @Test
  void everyChangeSinceCountsAndNotTheLastAlone() {
    changes.ending(of(BOOK), new NodeMoment(OTHER, 7));
    changes.ending(of(BOOK), new NodeMoment(OTHER, 8));
    said.set(12);
    changes.ending(of(SHELF), null);
    assertThat(objection(10, 7)).isEqualTo(TierOutcome.CHANGED);
    assertThat(objection(10, 8)).isNull();
  }

  @Test
  void whatIsForgottenIsKeptByTable() {
    changes.ending(of(BOOK), new NodeMoment(OTHER, 7));
    for (int i = 0; i < 5_000; i++) {
      said.incrementAndGet();
      changes.ending(of(SHELF), null);
    }
    assertThat(objection(10, 99)).isEqualTo(TierOutcome.FORGOTTEN);
    assertThat(objection(11, 0)).as("only the shelf has changed since").isNull();
    changes.ending(ChangeSet.ofRows(BOOK, RowChange.ANY), null);
    assertThat(objection(11, 99)).isEqualTo(TierOutcome.CHANGED);
  }

  @Test
  void tooManyThingsThatChangedAreForgottenTogether() {
    for (int i = 0; i < 20_000; i++) {
      said.incrementAndGet();
      changes.ending(new ChangeSet(Set.of(new Scope.Tag("t" + i))), null);
    }
    assertThat(objection(11, 0)).isEqualTo(TierOutcome.NOT_HEARD);
    assertThat(objection(said.get() + 1, 0)).isNull();
  }

  @Test
  void anAnswerIsYoungerThanTheMessageThatItsFillerHadHeard() {
    long before = System.nanoTime();
    changes.noteMoment();
    assertThat(changes.readAfterNanos(new NodePosition(Map.of(SELF, 10L)), 1)).isEqualTo(1);
    assertThat(changes.readAfterNanos(new NodePosition(Map.of(SELF, 11L)), 1))
        .isBetween(before, System.nanoTime());
  }
}
