package dev.larder.invalidation.ledger;

import java.util.Objects;

/**
 * What a database is, whatever URL or user reached it. Two data sources on one database share one
 * ledger because their identities are equal. Immutable and thread-safe.
 *
 * @param product the product, such as {@code postgresql}
 * @param value what the server says it is, such as its system identifier and the database's name
 */
public record DatabaseIdentity(String product, String value) {

  public DatabaseIdentity {
    Objects.requireNonNull(product, "product");
    Objects.requireNonNull(value, "value");
  }
}
