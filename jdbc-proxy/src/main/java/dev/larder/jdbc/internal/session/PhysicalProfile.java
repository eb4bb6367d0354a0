package dev.larder.jdbc.internal.session;

/**
 * What was found out about one physical connection when it was opened. Immutable and thread-safe.
 */
public record PhysicalProfile(SessionBaseline baseline, Backend backend) {}
