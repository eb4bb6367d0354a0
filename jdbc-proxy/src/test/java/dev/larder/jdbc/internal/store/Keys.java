package dev.larder.jdbc.internal.store;

import dev.larder.jdbc.internal.bind.BoundValues;
import dev.larder.jdbc.internal.bind.Parameters;
import dev.larder.jdbc.internal.bind.Setter;
import dev.larder.jdbc.internal.bind.ValueMoment;
import dev.larder.jdbc.internal.datasource.Products;
import dev.larder.jdbc.internal.session.Fingerprint;
import dev.larder.jdbc.internal.session.SessionBaseline;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Keys of queries that nobody sends. Stateless. */
final class Keys {

  private Keys() {}

  /** A session of a user; each call makes another object. */
  static Fingerprint session(String user) {
    return Fingerprint.of(
        new SessionBaseline(
            Products.UNKNOWN.sessionRules(),
            null,
            new SessionBaseline.Driver("driver", "1.0"),
            Map.of("user", user),
            Map.of(),
            Set.of(),
            List.of(),
            null,
            null,
            true,
            Connection.TRANSACTION_READ_COMMITTED));
  }

  static StatementKey statement(String user, String template, String... literals) {
    return new StatementKey(session(user), template, List.of(literals), ResultShape.PLAIN);
  }

  static BoundValues parameter(String value) {
    Parameters parameters = new Parameters(1, ValueMoment.SETTER);
    parameters.set(1, Setter.STRING, value);
    return Objects.requireNonNull(parameters.view()).frozen();
  }

  static CacheKey key(String user, String template, String parameter) {
    return new CacheKey(statement(user, template), parameter(parameter));
  }
}
