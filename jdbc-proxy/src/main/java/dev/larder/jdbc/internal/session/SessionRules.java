package dev.larder.jdbc.internal.session;

import dev.larder.jdbc.internal.analysis.Traits;

/**
 * The rules by which a product's sessions and transactions behave. Immutable and thread-safe.
 *
 * @param product the product's name in lower case
 * @param isolationSetting the setting that holds the isolation level of transactions to come
 * @param traits in what it differs from others
 * @param interruptions how its driver says that a statement was interrupted
 */
public record SessionRules(
    String product,
    String isolationSetting,
    Traits<SessionTrait> traits,
    Interruptions interruptions) {

  /**
   * The rules of a product of which nothing is known.
   *
   * @param name how it is named to a user
   */
  public static SessionRules unsure(String name) {
    return new SessionRules(
        name, "isolation", Traits.unsure(SessionTrait.class), Interruptions.STANDARD);
  }

  /** Whether the product has the trait for certain. */
  public boolean has(SessionTrait trait) {
    return traits.has(trait);
  }

  /** Whether the product has the trait, or nobody knows. */
  public boolean mayHave(SessionTrait trait) {
    return traits.mayHave(trait);
  }
}
