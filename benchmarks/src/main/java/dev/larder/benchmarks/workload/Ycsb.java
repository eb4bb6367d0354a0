package dev.larder.benchmarks.workload;

import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * YCSB's core workloads A, B, C and E (Cooper et al., SoCC 2010): single reads, updates, inserts
 * and range scans of one table, each a statement that commits by itself. Safe for use by several
 * threads.
 *
 * <p>As published: ten fields of 100 characters under a text key whose number is hashed, all
 * columns read, one field updated, keys by a Zipf distribution with exponent 0.99 whose popular
 * keys are scattered (or all alike, as {@code requestdistribution=uniform} has it), scans of 1 to
 * 100 rows. Smaller: 10,000 records.
 */
final class Ycsb implements PublishedWorkload {
  private static final int RECORDS = 10_000;
  private static final int FIELDS = 10;
  private static final int LONGEST_SCAN = 100;
  private static final Zipf RANKS = new Zipf(RECORDS, 0.99);

  /* A multiplication that permutes 32 bits hashes a number; SQL and Java agree on it. */
  private static final long HASH = 2_654_435_761L;
  private static final long HASHES = 1L << 32;

  private static final String SCHEMA =
      """
      create table usertable (ycsb_key varchar(255) primary key, field0 text, field1 text,
        field2 text, field3 text, field4 text, field5 text, field6 text, field7 text, field8 text,
        field9 text);
      insert into usertable
      select 'user' || lpad((n * %d %% %d)::text, 10, '0'), f[1], f[2], f[3], f[4], f[5], f[6],
        f[7], f[8], f[9], f[10]
      from generate_series(0::bigint, %d) n, lateral (
        select array_agg(left(repeat(md5(n || '-' || i), 4), 100)) f from generate_series(0, 9) i);
      """
          .formatted(HASH, HASHES, RECORDS - 1);

  private static final String READ = "select * from usertable where ycsb_key = ?";
  private static final String SCAN =
      "select * from usertable where ycsb_key >= ? order by ycsb_key limit ?";
  private static final String INSERT =
      "insert into usertable (ycsb_key, field0, field1, field2, field3, field4, field5, field6,"
          + " field7, field8, field9) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private final String name;
  private final List<TransactionType> types;
  private final boolean uniform;
  private final AtomicInteger records = new AtomicInteger(RECORDS);

  private Ycsb(String name, boolean uniform, int reads, int updates, int scans) {
    this.name = name;
    this.uniform = uniform;
    this.types =
        List.of(
            new TransactionType("Read", reads, this::read),
            new TransactionType("Update", updates, this::update),
            new TransactionType("Scan", scans, this::scan),
            new TransactionType("Insert", 100.0 - reads - updates - scans, this::insert));
  }

  /** Update heavy. */
  static Ycsb a() {
    return new Ycsb("ycsb-a", false, 50, 50, 0);
  }

  /** Read mostly. */
  static Ycsb b() {
    return new Ycsb("ycsb-b", false, 95, 5, 0);
  }

  /** Read only. */
  static Ycsb c() {
    return new Ycsb("ycsb-c", false, 100, 0, 0);
  }

  /** Read mostly, each key as often as another. */
  static Ycsb uniformB() {
    return new Ycsb("ycsb-b-uniform", true, 95, 5, 0);
  }

  /** Short ranges. */
  static Ycsb e() {
    return new Ycsb("ycsb-e", false, 0, 0, 95);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isAutoCommit() {
    return true;
  }

  @Override
  public String schema() {
    return SCHEMA;
  }

  @Override
  public List<TransactionType> types() {
    return types;
  }

  @Override
  public String total() {
    return "select count(*) from usertable";
  }

  @Override
  public List<Invariant> invariants() {
    return List.of();
  }

  private long read(Session session, SplittableRandom random) throws SQLException {
    String key = key(random);
    Session.require(key.equals(session.row(FIELDS + 1, READ, key)[0]), "another key's row");
    return 0;
  }

  private long update(Session session, SplittableRandom random) throws SQLException {
    String update =
        "update usertable set field" + random.nextInt(FIELDS) + " = ? where ycsb_key = ?";
    Session.require(session.update(update, field(random), key(random)) == 1, "no row updated");
    return 0;
  }

  private long scan(Session session, SplittableRandom random) throws SQLException {
    int length = 1 + random.nextInt(LONGEST_SCAN);
    String first = key(random);
    Session.require(
        first.equals(session.rows(FIELDS + 1, SCAN, first, length).get(0)[0]), "another range");
    return 0;
  }

  private long insert(Session session, SplittableRandom random) throws SQLException {
    Object[] values = new Object[FIELDS + 1];
    values[0] = key(records.getAndIncrement());
    for (int field = 1; field <= FIELDS; field++) {
      values[field] = field(random);
    }
    return session.update(INSERT, values);
  }

  private String key(SplittableRandom random) {
    int rank = uniform ? random.nextInt(RECORDS) : RANKS.next(random);
    return key(Math.floorMod(rank * 48_271L, RECORDS));
  }

  private static String key(int number) {
    return "user" + String.format("%010d", number * HASH % HASHES);
  }

  private static String field(SplittableRandom random) {
    return Texts.random(random, 100);
  }
}
