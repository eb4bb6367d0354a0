package dev.larder.jdbc.internal.session;

import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.Locking;
import dev.larder.jdbc.internal.analysis.SessionEffect;
import dev.larder.jdbc.internal.analysis.TransactionEffect;
import dev.larder.jdbc.internal.product.ProductUnderTest;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A session without a server: a text is taken as if the server had run it. Not thread-safe. */
final class SessionInTest {

  private final ProductUnderTest product;
  private long position;

  final Session session;

  private SessionInTest(ProductUnderTest product) {
    this.product = product;
    this.session = new Session(Fingerprint.of(baseline(product)));
  }

  static SessionInTest of(ProductUnderTest product) {
    return new SessionInTest(product);
  }

  static SessionBaseline baseline(ProductUnderTest product) {
    return new SessionBaseline(
        product.product().sessionRules(),
        null,
        new SessionBaseline.Driver("driver", "1.0"),
        Map.of("user", "somebody"),
        Map.of(),
        Set.of(),
        List.of("public"),
        null,
        "public",
        true,
        Connection.TRANSACTION_READ_COMMITTED);
  }

  Transaction transaction() {
    return session.transaction();
  }

  SessionInTest run(String... texts) {
    for (String text : texts) {
      for (Facts facts : product.analyzer().analyze(text).statements()) {
        run(facts);
      }
    }
    return this;
  }

  private void run(Facts facts) {
    position++;
    session.sending(position, facts.locks());
    boolean hasEffects =
        !facts.session().isEmpty() || !facts.transaction().equals(TransactionEffect.NONE);
    if (!hasEffects) {
      session.answered(!facts.reads().isEmpty(), facts.locks());
      return;
    }
    for (SessionEffect effect : facts.session()) {
      session.apply(effect, parameter -> null);
    }
    session.apply(facts.transaction());
    session.effectsApplied(List.of(facts.transaction()), position);
    session.transaction().hasLocked(facts.locks());
  }

  SessionInTest fail() {
    position++;
    session.sending(position, Locking.NOTHING);
    session.failed();
    return this;
  }
}
