/**
 * What did others change, and could a change of theirs have been missed? The contract of a source,
 * and the watch that keeps one running and says how far it can be relied on. Not exported to
 * applications.
 */
@org.jspecify.annotations.NullMarked
package dev.larder.invalidation.source;
