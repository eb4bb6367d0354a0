package dev.larder.invalidation;

/**
 * What a listener is told. Immutable and thread-safe.
 *
 * @param changes what may have changed
 * @param origin where the change came from
 */
public record Change(ChangeSet changes, Origin origin) {}
