package dev.larder.testkit;

/** A database product that tests run on. */
public enum Product {
  /** Always runs: in a container or embedded. */
  POSTGRESQL("PostgreSQL"),
  /** Runs where its server can start; elsewhere its tests are skipped with the reason. */
  MARIADB("MariaDB"),
  /** Runs where its server can start; elsewhere its tests are skipped with the reason. */
  MYSQL("MySQL"),
  /** Always runs, in this JVM. */
  H2("H2");

  private final String displayName;

  Product(String displayName) {
    this.displayName = displayName;
  }

  /** Whether its SQL and its protocol are those of MySQL. */
  public boolean speaksMySql() {
    return this == MARIADB || this == MYSQL;
  }

  /** The product's own spelling of its name. */
  @Override
  public String toString() {
    return displayName;
  }
}
