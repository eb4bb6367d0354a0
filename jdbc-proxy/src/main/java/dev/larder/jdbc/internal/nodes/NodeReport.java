package dev.larder.jdbc.internal.nodes;

/**
 * What is known of one node of the cluster. Immutable and thread-safe.
 *
 * @param node its id, which is another each time that it starts
 * @param isThis whether it is this one
 * @param heardOver by what its messages travel
 * @param silentNanos how long ago it was heard last
 */
public record NodeReport(String node, boolean isThis, String heardOver, long silentNanos) {}
