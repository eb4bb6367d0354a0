package dev.larder.benchmarks.workload;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * SmallBank (Alomari et al., ICDE 2008): customers of a bank, each with a savings and a checking
 * account, and six short transactions on them. Safe for use by several threads.
 *
 * <p>As published: tables, statements, mix and amounts as in OLTP-Bench, customers drawn uniformly.
 * Smaller: 20,000 customers instead of a million. Otherwise: balances are decimals instead of
 * floats, and Amalgamate takes away what it has read instead of setting to zero, so that at READ
 * COMMITTED no money is lost on any side and the sum can be checked.
 */
final class SmallBank implements PublishedWorkload {
  private static final int CUSTOMERS = 20_000;
  private static final BigDecimal PAYMENT = new BigDecimal("5.00");
  private static final BigDecimal DEPOSIT = new BigDecimal("1.30");
  private static final BigDecimal SAVING = new BigDecimal("20.20");
  private static final BigDecimal CHECK = new BigDecimal("5.00");

  private static final String SCHEMA =
      """
      create table accounts (custid bigint primary key, name varchar(64) not null);
      create index idx_accounts_name on accounts (name);
      create table savings (custid bigint primary key, bal numeric(12, 2) not null);
      create table checking (custid bigint primary key, bal numeric(12, 2) not null);
      insert into accounts select n, lpad(n::text, 64, '0') from generate_series(0, %1$d) n;
      insert into savings
      select n, 10000 + floor(random() * 40000) from generate_series(0, %1$d) n;
      insert into checking
      select n, 10000 + floor(random() * 40000) from generate_series(0, %1$d) n;
      """
          .formatted(CUSTOMERS - 1);

  private static final String ACCOUNT = "select * from accounts where custid = ?";
  private static final String ACCOUNT_BY_NAME = "select * from accounts where name = ?";
  private static final String SAVINGS = "select bal from savings where custid = ?";
  private static final String CHECKING = "select bal from checking where custid = ?";
  private static final String ADD_SAVINGS = "update savings set bal = bal + ? where custid = ?";
  private static final String ADD_CHECKING = "update checking set bal = bal + ? where custid = ?";

  private final List<TransactionType> types =
      List.of(
          new TransactionType("Amalgamate", 15, SmallBank::amalgamate),
          new TransactionType("Balance", 15, SmallBank::balance),
          new TransactionType("DepositChecking", 15, SmallBank::depositChecking),
          new TransactionType("SendPayment", 25, SmallBank::sendPayment),
          new TransactionType("TransactSavings", 15, SmallBank::transactSavings),
          new TransactionType("WriteCheck", 15, SmallBank::writeCheck));

  @Override
  public String name() {
    return "smallbank";
  }

  @Override
  public String schema() {
    return SCHEMA;
  }

  @Override
  public List<TransactionType> types() {
    return types;
  }

  /** All the money there is, in cents. */
  @Override
  public String total() {
    return "select ((select sum(bal) from savings) + (select sum(bal) from checking)) * 100";
  }

  @Override
  public List<Invariant> invariants() {
    return List.of();
  }

  private static long amalgamate(Session session, SplittableRandom random) throws SQLException {
    long from = customer(random);
    long to = other(random, from);
    account(session, from);
    account(session, to);
    BigDecimal savings = balance(session, SAVINGS, from);
    BigDecimal checking = balance(session, CHECKING, from);
    session.update(ADD_SAVINGS, savings.negate(), from);
    session.update(ADD_CHECKING, checking.negate(), from);
    session.update(ADD_CHECKING, savings.add(checking), to);
    return 0;
  }

  private static long balance(Session session, SplittableRandom random) throws SQLException {
    long customer = byName(session, random);
    balance(session, SAVINGS, customer);
    balance(session, CHECKING, customer);
    return 0;
  }

  private static long depositChecking(Session session, SplittableRandom random)
      throws SQLException {
    session.update(ADD_CHECKING, DEPOSIT, byName(session, random));
    return cents(DEPOSIT);
  }

  private static long sendPayment(Session session, SplittableRandom random) throws SQLException {
    long from = customer(random);
    long to = other(random, from);
    account(session, from);
    account(session, to);
    if (balance(session, CHECKING, from).compareTo(PAYMENT) < 0) {
      throw new Abandoned("not enough money");
    }
    session.update(ADD_CHECKING, PAYMENT.negate(), from);
    session.update(ADD_CHECKING, PAYMENT, to);
    return 0;
  }

  private static long transactSavings(Session session, SplittableRandom random)
      throws SQLException {
    long customer = byName(session, random);
    if (balance(session, SAVINGS, customer).compareTo(SAVING) < 0) {
      throw new Abandoned("not enough money");
    }
    session.update(ADD_SAVINGS, SAVING.negate(), customer);
    return -cents(SAVING);
  }

  private static long writeCheck(Session session, SplittableRandom random) throws SQLException {
    long customer = byName(session, random);
    BigDecimal all = balance(session, SAVINGS, customer).add(balance(session, CHECKING, customer));
    BigDecimal amount = all.compareTo(CHECK) < 0 ? CHECK.subtract(BigDecimal.ONE) : CHECK;
    session.update(ADD_CHECKING, amount.negate(), customer);
    return -cents(amount);
  }

  private static void account(Session session, long customer) throws SQLException {
    Session.require(
        Session.number(session.row(2, ACCOUNT, customer)[0]) == customer, "another account");
  }

  private static long byName(Session session, SplittableRandom random) throws SQLException {
    long customer = customer(random);
    String name = String.format("%064d", customer);
    long found = Session.number(session.row(2, ACCOUNT_BY_NAME, name)[0]);
    Session.require(found == customer, "another name's account");
    return found;
  }

  private static BigDecimal balance(Session session, String sql, long customer)
      throws SQLException {
    return Session.decimal(session.row(1, sql, customer)[0]);
  }

  private static long customer(SplittableRandom random) {
    return random.nextInt(CUSTOMERS);
  }

  private static long other(SplittableRandom random, long than) {
    return (than + 1 + random.nextInt(CUSTOMERS - 1)) % CUSTOMERS;
  }

  private static long cents(BigDecimal amount) {
    return amount.movePointRight(2).longValueExact();
  }
}
