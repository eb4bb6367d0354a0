package dev.larder.jdbc.internal.catalog;

/** The object identifiers of PostgreSQL that mean something by themselves. Immutable. */
public final class PostgresOids {

  /**
   * The first that an object of a user may have: what {@code initdb} makes has smaller ones ({@code
   * FirstNormalObjectId} in PostgreSQL's {@code access/transam.h}).
   */
  public static final String FIRST_USER = "16384";

  private PostgresOids() {}
}
