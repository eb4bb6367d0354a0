package dev.larder.jdbc.internal.prefetch;

import dev.larder.jdbc.internal.bind.PlainParameters;
import dev.larder.jdbc.internal.planning.CachedStatement;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.store.ResultShape;

/** A query that memory did not answer. Immutable. */
public record Asked(
    CachedStatement text, Fingerprint session, ResultShape shape, PlainParameters parameters) {

  String template() {
    return text.analysis().template();
  }
}
