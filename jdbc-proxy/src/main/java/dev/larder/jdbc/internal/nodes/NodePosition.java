package dev.larder.jdbc.internal.nodes;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What a node has heard at some moment: the number of the last message of each node, its own
 * included. Immutable and thread-safe.
 *
 * <p>It says nothing of messages with lower numbers: who says one has said those before, and that
 * is all that is ever concluded.
 *
 * @param numbers by node; one that is missing was not heard
 */
public record NodePosition(Map<UUID, Long> numbers) {

  public NodePosition {
    numbers = Map.copyOf(numbers);
  }

  static NodePosition of(Map<UUID, Long> others, UUID self, long own) {
    Map<UUID, Long> all = new HashMap<>(others);
    all.put(self, own);
    return new NodePosition(all);
  }

  /** The number of the last message of a node that was heard; 0 for none. */
  public long of(UUID node) {
    return numbers.getOrDefault(node, 0L);
  }
}
