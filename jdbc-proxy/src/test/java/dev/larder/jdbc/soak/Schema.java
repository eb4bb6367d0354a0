package dev.larder.jdbc.soak;

/** The tables, and what always holds of them. */
final class Schema {

  /** The user that everything but the watcher connects as: row security binds no owner. */
  static final String USER = "soaked";

  static final String PASSWORD = "soaked";
  static final int TENANTS = 20;
  static final int PAGES = 50;
  static final int ROWS = 200;
  static final int ACCOUNTS = 10;
  static final int WIDE = 10_000;
  static final long SUM = ACCOUNTS * 1_000L;

  private Schema() {}

  static String[] statements() {
    return new String[] {
      "create role " + USER + " login password '" + PASSWORD + "'",
      "create table register (id int primary key, version bigint not null)",
      "insert into register select i, 0 from generate_series(1, " + ROWS + ") i",
      "create table account (tenant int, number int, balance int, primary key (tenant, number))",
      "insert into account select t, n, 1000 from generate_series(1, "
          + TENANTS
          + ") t, generate_series(0, "
          + (ACCOUNTS - 1)
          + ") n",
      "create table secret (tenant int, page int, primary key (tenant, page))",
      "insert into secret select t, p from generate_series(1, "
          + TENANTS
          + ") t, generate_series(0, "
          + (PAGES - 1)
          + ") p",
      "alter table secret enable row level security",
      "create policy own on secret using (tenant = current_setting('app.tenant')::int)",
      "create table wide (id int primary key, pad text)",
      "insert into wide select i, repeat(md5(i::text), 60) from generate_series(1, " + WIDE + ") i",
      "grant select, update on register, account, secret, wide to " + USER,
      "grant set on parameter app.note to " + USER,
      "create schema side authorization " + USER,
      "create table side.base (id int primary key, a int)",
      "insert into side.base values (1, 1)",
      "alter table side.base owner to " + USER
    };
  }
}
