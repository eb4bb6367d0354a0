package dev.larder.jdbc.internal.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ChangeSet;
import dev.larder.invalidation.TableName;
import dev.larder.invalidation.ledger.Footprint;
import dev.larder.jdbc.internal.nodes.NodeMessage.Changed;
import dev.larder.jdbc.internal.nodes.NodeMessage.Content;
import dev.larder.jdbc.internal.nodes.NodeMessage.DeclaredDead;
import dev.larder.jdbc.internal.nodes.NodeMessage.Done;
import dev.larder.jdbc.internal.nodes.NodeMessage.Heartbeat;
import dev.larder.jdbc.internal.nodes.NodeMessage.Intent;
import dev.larder.jdbc.internal.nodes.NodeMessage.Leaving;
import dev.larder.jdbc.internal.nodes.NodeMessage.UnknownContent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a node that starts can tell from what the stream still holds. */
final class PastChangesTest {

  private static final UUID ONE = new UUID(0, 1);
  private static final UUID TWO = new UUID(0, 2);
  private static final ChangeSet BOOK = ChangeSet.ofTables(Set.of(new TableName("public", "book")));
  private static final ChangeSet SHELF =
      ChangeSet.ofTables(Set.of(new TableName("public", "shelf")));
  private static final Footprint OF_BOOK =
      Footprint.of(List.of(new TableName("public", "book")), Set.of());

  private final PastReading reading = new PastReading();

  private PastChangesTest said(UUID who, long number, Content what) {
    reading.take(new NodeMessage(who, number, what));
    return this;
  }

  private static Heartbeat alive(Map<Long, ChangeSet> open, UUID... others) {
    Map<UUID, Long> heard = new HashMap<>();
    for (UUID other : others) {
      heard.put(other, 0L);
    }
    return new Heartbeat(1, 500, heard, open);
  }

  private static NodePosition at(long one) {
    return new NodePosition(Map.of(ONE, one));
  }

  private boolean isKnown(NodePosition position) {
    return reading.end().isKnownSince(position);
  }

  private boolean isUsed(NodePosition position) {
    PastChanges past = reading.end();
    return past.isKnownSince(position) && !past.isMetSince(position, OF_BOOK::isMetBy);
  }

  @Test
  void nothingIsKnownOfAnEmptyStream() {
    assertThat(isKnown(at(7))).isFalse();
  }

  @Test
  void aNodeIsKnownFromItsFirstSignOfLife() {
    said(ONE, 50, new Changed(SHELF))
        .said(ONE, 51, alive(Map.of()))
        .said(ONE, 52, new Intent(BOOK));
    assertThat(isKnown(at(50))).isFalse();
    assertThat(isKnown(at(51))).isTrue();
  }

  @Test
  void aNodeWhoseFirstMessageIsThereIsKnownFromTheBeginning() {
    said(ONE, 9, alive(Map.of()));
    said(TWO, 1, new Intent(SHELF)).said(TWO, 2, new Done(1));
    assertThat(isUsed(at(9))).isTrue();
    said(TWO, 3, new Intent(BOOK)).said(TWO, 4, new Done(3));
    assertThat(isUsed(at(9))).isFalse();
    assertThat(isUsed(new NodePosition(Map.of(ONE, 9L, TWO, 3L)))).isFalse();
    assertThat(isUsed(new NodePosition(Map.of(ONE, 9L, TWO, 4L)))).isTrue();
  }

  @Test
  void aCommitThatASignOfLifeNamesIsOverWhenTheNodeSaysSo() {
    said(ONE, 51, alive(Map.of(12L, BOOK))).said(ONE, 52, new Done(12));
    assertThat(isUsed(at(51))).isFalse();
    assertThat(isUsed(at(52))).isTrue();
  }

  @Test
  void aCommitThatASignOfLifeNamesNoMoreIsOverByThatOne() {
    said(ONE, 51, alive(Map.of())).said(ONE, 52, new Intent(BOOK)).said(ONE, 53, alive(Map.of()));
    assertThat(isUsed(at(52))).isFalse();
    assertThat(isUsed(at(53))).isTrue();
  }

  @Test
  void afterAHoleEverythingBeginsAnew() {
    said(ONE, 51, alive(Map.of())).said(ONE, 53, new Intent(SHELF));
    assertThat(isKnown(at(53))).isFalse();
    said(ONE, 54, alive(Map.of(53L, SHELF)));
    assertThat(isKnown(at(53))).isFalse();
    assertThat(isUsed(at(54))).isTrue();
  }

  @Test
  void whatIsNotUnderstoodIsAHole() {
    said(ONE, 51, alive(Map.of())).said(ONE, 52, new UnknownContent());
    assertThat(isKnown(at(52))).isFalse();
    said(ONE, 53, alive(Map.of()));
    assertThat(isKnown(at(52))).isFalse();
    assertThat(isUsed(at(53))).isTrue();
  }

  @Test
  void aNodeThatOthersNameAndNobodyHearsIsUnknown() {
    said(ONE, 51, alive(Map.of(), TWO));
    assertThat(isKnown(new NodePosition(Map.of(ONE, 51L, TWO, 99L)))).isFalse();
    said(TWO, 70, alive(Map.of(), ONE));
    assertThat(isKnown(new NodePosition(Map.of(ONE, 51L, TWO, 69L)))).isFalse();
    assertThat(isUsed(new NodePosition(Map.of(ONE, 51L, TWO, 70L)))).isTrue();
  }

  @Test
  void aDeathIsAChangeOfEverything() {
    said(ONE, 51, alive(Map.of(), TWO)).said(ONE, 52, new DeclaredDead(TWO, 7));
    assertThat(isUsed(at(51))).isFalse();
    assertThat(isUsed(at(52))).isTrue();
    said(TWO, 9, new Intent(SHELF));
    assertThat(isKnown(at(52))).as("it was not dead").isFalse();
  }

  @Test
  void whoLeftHadNothingUnderWay() {
    said(ONE, 51, alive(Map.of())).said(TWO, 8, new Leaving());
    assertThat(isUsed(new NodePosition(Map.of(ONE, 51L, TWO, 7L)))).isFalse();
    assertThat(isUsed(new NodePosition(Map.of(ONE, 51L, TWO, 8L)))).isTrue();
  }

  @Test
  void whatIsTooMuchIsForgottenAndNotKnown() {
    said(ONE, 1, alive(Map.of()));
    long last = 40_000;
    for (long number = 2; number <= last; number++) {
      said(ONE, number, new Changed(SHELF));
    }
    assertThat(isUsed(at(last))).isTrue();
    assertThat(isUsed(at(last - 10_000))).isTrue();
    assertThat(isKnown(at(last - 20_000))).isFalse();
  }

  @Test
  void aMessageThatComesAgainSaysNothing() {
    said(ONE, 51, alive(Map.of())).said(ONE, 52, new Changed(BOOK)).said(ONE, 51, alive(Map.of()));
    assertThat(isKnown(at(51))).isTrue();
    assertThat(isUsed(at(51))).isFalse();
    assertThat(isUsed(at(52))).isTrue();
  }
}
