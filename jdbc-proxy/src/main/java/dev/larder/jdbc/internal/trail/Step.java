package dev.larder.jdbc.internal.trail;

/** A query that a connection ran, as who learns from it sees it. */
public interface Step {}
