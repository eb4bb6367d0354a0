package dev.larder.benchmarks.workload;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * TPC-C (Transaction Processing Performance Council, revision 5.11): wholesale orders, five
 * transactions of 3 to some 50 statements. Safe for use by several threads.
 *
 * <p>As published: tables, keys, the statements of each transaction, mix (45, 43, 4, 4, 4), key
 * distributions, 60 % of customers by name, 1 % of new orders rolled back, 15 % of payments and 1 %
 * of order lines from another warehouse, ten districts a warehouse. Smaller: two warehouses, 300
 * customers and orders a district instead of 3,000, 10,000 items instead of 100,000, with the
 * constants of the distributions as large beside them; no think times. A customer's balance is
 * changed by what is paid, not set to what was read, so that the benchmark's consistency conditions
 * hold at READ COMMITTED.
 */
final class TpcC implements PublishedWorkload {
  private static final int WAREHOUSES = 2;
  private static final int DISTRICTS = 10;
  private static final int CUSTOMERS = 300;
  private static final int NAMES = 100;
  private static final int ITEMS = 10_000;
  private static final int CUSTOMER_SPREAD = 127;
  private static final int NAME_SPREAD = 31;
  private static final int ITEM_SPREAD = 1_023;

  private static final String SCHEMA =
      """
      create table warehouse (w_id int primary key, w_name varchar(10), w_street_1 varchar(20),
        w_city varchar(20), w_state char(2), w_zip char(9), w_tax numeric(4, 4),
        w_ytd numeric(12, 2));
      create table district (d_w_id int, d_id int, d_name varchar(10), d_street_1 varchar(20),
        d_city varchar(20), d_state char(2), d_zip char(9), d_tax numeric(4, 4),
        d_ytd numeric(12, 2), d_next_o_id int, primary key (d_w_id, d_id));
      create table customer (c_w_id int, c_d_id int, c_id int, c_first varchar(16),
        c_middle char(2), c_last varchar(16), c_street_1 varchar(20), c_city varchar(20),
        c_state char(2), c_zip char(9), c_phone char(16), c_since timestamp, c_credit char(2),
        c_credit_lim numeric(12, 2), c_discount numeric(4, 4), c_balance numeric(12, 2),
        c_ytd_payment numeric(12, 2), c_payment_cnt int, c_delivery_cnt int, c_data varchar(500),
        primary key (c_w_id, c_d_id, c_id));
      create index idx_customer_name on customer (c_w_id, c_d_id, c_last, c_first);
      create table history (h_c_id int, h_c_d_id int, h_c_w_id int, h_d_id int, h_w_id int,
        h_date timestamp, h_amount numeric(6, 2), h_data varchar(24));
      create table new_order (no_w_id int, no_d_id int, no_o_id int,
        primary key (no_w_id, no_d_id, no_o_id));
      create table oorder (o_w_id int, o_d_id int, o_id int, o_c_id int, o_carrier_id int,
        o_ol_cnt int, o_all_local int, o_entry_d timestamp, primary key (o_w_id, o_d_id, o_id));
      create index idx_order on oorder (o_w_id, o_d_id, o_c_id, o_id);
      create table order_line (ol_w_id int, ol_d_id int, ol_o_id int, ol_number int, ol_i_id int,
        ol_delivery_d timestamp, ol_amount numeric(6, 2), ol_supply_w_id int, ol_quantity int,
        ol_dist_info char(24), primary key (ol_w_id, ol_d_id, ol_o_id, ol_number));
      create table item (i_id int primary key, i_name varchar(24), i_price numeric(5, 2),
        i_data varchar(50), i_im_id int);
      create table stock (s_w_id int, s_i_id int, s_quantity int, s_ytd int, s_order_cnt int,
        s_remote_cnt int, s_data varchar(50), s_dist_01 char(24), s_dist_02 char(24),
        s_dist_03 char(24), s_dist_04 char(24), s_dist_05 char(24), s_dist_06 char(24),
        s_dist_07 char(24), s_dist_08 char(24), s_dist_09 char(24), s_dist_10 char(24),
        primary key (s_w_id, s_i_id));
      insert into item
      select i, left(md5(i::text), 24), 1 + floor(random() * 9900) / 100, repeat(md5(i::text), 1),
        i %% 100 from generate_series(1, %4$d) i;
      insert into warehouse
      select w, 'w' || w, 'street', 'city', 'NY', '123411111', 0.1, 300000
      from generate_series(1, %1$d) w;
      insert into stock
      select w, i, 10 + floor(random() * 91), 0, 0, 0, md5(i::text), d, d, d, d, d, d, d, d, d, d
      from generate_series(1, %1$d) w, generate_series(1, %4$d) i,
        lateral (select left(md5(i || '-' || w), 24) d) dist;
      insert into district
      select w, d, 'd' || d, 'street', 'city', 'NY', '123411111', 0.1, 30000, %3$d + 1
      from generate_series(1, %1$d) w, generate_series(1, %2$d) d;
      insert into customer
      select w, d, c, left(md5(c || '-' || d), 12), 'OE', 'NAME' || (c - 1) %% %5$d, 'street',
        'city', 'NY', '123411111', '0123456789012345', timestamp '2026-01-01',
        case when random() < 0.1 then 'BC' else 'GC' end, 50000, random() * 0.5, -10, 10, 1, 0,
        repeat(md5(c::text), 12)
      from generate_series(1, %1$d) w, generate_series(1, %2$d) d, generate_series(1, %3$d) c;
      insert into history
      select c_id, c_d_id, c_w_id, c_d_id, c_w_id, c_since, 10, 'data' from customer;
      update district set d_ytd = 10 * %3$d;
      update warehouse set w_ytd = 10 * %2$d * %3$d;
      insert into oorder
      select w, d, o, 1 + (o * 7 + d) %% %3$d, case when o <= %3$d * 0.7 then 1 + o %% 10 end,
        5 + o * 31 %% 11, 1, timestamp '2026-01-01'
      from generate_series(1, %1$d) w, generate_series(1, %2$d) d, generate_series(1, %3$d) o;
      insert into new_order
      select o_w_id, o_d_id, o_id from oorder where o_carrier_id is null;
      insert into order_line
      select o_w_id, o_d_id, o_id, l, 1 + (o_id * 71 + l * 1009) %% %4$d,
        case when o_carrier_id is not null then o_entry_d end,
        case when o_carrier_id is not null then 0 else 1 + floor(random() * 999900) / 100 end,
        o_w_id, 5, left(md5(l::text), 24)
      from oorder, generate_series(1, 15) l where l <= o_ol_cnt;
      """
          .formatted(WAREHOUSES, DISTRICTS, CUSTOMERS, ITEMS, NAMES);

  private static final String CUSTOMER_BY_NAME =
      "select c_id, c_first, c_middle, c_street_1, c_city, c_state, c_zip, c_phone, c_credit,"
          + " c_credit_lim, c_discount, c_balance, c_since from customer where c_w_id = ? and"
          + " c_d_id = ? and c_last = ? order by c_first";
  private static final String CUSTOMER =
      "select c_first, c_middle, c_last, c_street_1, c_city, c_state, c_zip, c_phone, c_credit,"
          + " c_credit_lim, c_discount, c_balance, c_since from customer where c_w_id = ? and"
          + " c_d_id = ? and c_id = ?";
  private static final String DISCOUNT =
      "select c_discount, c_last, c_credit from customer where c_w_id = ? and c_d_id = ? and c_id"
          + " = ?";
  private static final String ITEM = "select i_price, i_name, i_data from item where i_id = ?";
  private static final String RECENT_STOCK =
      "select count(distinct s_i_id) from order_line, stock where ol_w_id = ? and ol_d_id = ? and"
          + " ol_o_id < ? and ol_o_id >= ? and s_w_id = ? and s_i_id = ol_i_id and s_quantity <"
          + " ?";

  private final List<TransactionType> types =
      List.of(
          new TransactionType("NewOrder", 45, TpcC::newOrder),
          new TransactionType("Payment", 43, TpcC::payment),
          new TransactionType("OrderStatus", 4, TpcC::orderStatus),
          new TransactionType("Delivery", 4, TpcC::delivery),
          new TransactionType("StockLevel", 4, TpcC::stockLevel));

  @Override
  public String name() {
    return "tpcc";
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
    return "select count(*) from oorder";
  }

  /* The consistency conditions of the specification's clause 3.3.2, by their numbers. */
  @Override
  public List<Invariant> invariants() {
    return List.of(
        new Invariant(
            "1, the warehouse's takings",
            "select count(*) from warehouse where w_ytd <> (select sum(d_ytd) from district where"
                + " d_w_id = w_id)"),
        new Invariant(
            "2, the district's next order",
            "select count(*) from district where d_next_o_id - 1 <> (select max(o_id) from oorder"
                + " where o_w_id = d_w_id and o_d_id = d_id)"),
        new Invariant(
            "3, new orders without gaps",
            "select count(*) from (select 1 from new_order group by no_w_id, no_d_id having"
                + " max(no_o_id) - min(no_o_id) + 1 <> count(*)) gaps"),
        new Invariant(
            "4, the district's order lines",
            "select count(*) from district where (select sum(o_ol_cnt) from oorder where o_w_id ="
                + " d_w_id and o_d_id = d_id) <> (select count(*) from order_line where ol_w_id ="
                + " d_w_id and ol_d_id = d_id)"),
        new Invariant(
            "5, orders without carrier",
            "select count(*) from oorder where (o_carrier_id is null) <> exists (select 1 from"
                + " new_order where no_w_id = o_w_id and no_d_id = o_d_id and no_o_id = o_id)"),
        new Invariant(
            "9, the district's history",
            "select count(*) from district where d_ytd <> (select sum(h_amount) from history where"
                + " h_w_id = d_w_id and h_d_id = d_id)"),
        new Invariant(
            "10, the customer's balance",
            """
            select count(*) from customer
            left join (select o_w_id, o_d_id, o_c_id, sum(ol_amount) delivered
              from oorder join order_line on ol_w_id = o_w_id and ol_d_id = o_d_id
                and ol_o_id = o_id
              where ol_delivery_d is not null group by o_w_id, o_d_id, o_c_id) orders
              on o_w_id = c_w_id and o_d_id = c_d_id and o_c_id = c_id
            left join (select h_c_w_id, h_c_d_id, h_c_id, sum(h_amount) paid
              from history group by h_c_w_id, h_c_d_id, h_c_id) payments
              on h_c_w_id = c_w_id and h_c_d_id = c_d_id and h_c_id = c_id
            where c_balance <> coalesce(delivered, 0) - coalesce(paid, 0)
            """));
  }

  private static long newOrder(Session session, SplittableRandom random) throws SQLException {
    int w = warehouse(random);
    int d = district(random);
    int c = customer(random);
    int count = 5 + random.nextInt(11);
    boolean fails = random.nextInt(100) == 0;
    session.row(3, DISCOUNT, w, d, c);
    session.row(1, "select w_tax from warehouse where w_id = ?", w);
    String next =
        "select d_next_o_id, d_tax from district where d_w_id = ? and d_id = ? for update";
    int o = Session.integer(session.lockedRow(2, next, w, d)[0]);
    session.update(
        "update district set d_next_o_id = d_next_o_id + 1 where d_w_id = ? and d_id = ?", w, d);
    session.update(
        "insert into oorder (o_id, o_d_id, o_w_id, o_c_id, o_entry_d, o_ol_cnt, o_all_local) values"
            + " (?, ?, ?, ?, ?, ?, ?)",
        o,
        d,
        w,
        c,
        now(),
        count,
        1);
    session.update("insert into new_order (no_o_id, no_d_id, no_w_id) values (?, ?, ?)", o, d, w);
    for (int line = 1; line <= count; line++) {
      int item = fails && line == count ? -1 : NonUniform.next(random, ITEM_SPREAD, 1, ITEMS);
      int supplier = random.nextInt(100) == 0 ? WAREHOUSES + 1 - w : w;
      int quantity = 1 + random.nextInt(10);
      BigDecimal price = Session.decimal(session.row(3, ITEM, item)[0]);
      String info = stock(session, new int[] {supplier, item, d, quantity, supplier == w ? 0 : 1});
      session.update(
          "insert into order_line (ol_o_id, ol_d_id, ol_w_id, ol_number, ol_i_id, ol_supply_w_id,"
              + " ol_quantity, ol_amount, ol_dist_info) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          o,
          d,
          w,
          line,
          item,
          supplier,
          quantity,
          price.multiply(new BigDecimal(quantity)),
          info);
    }
    return 1;
  }

  private static String stock(Session session, int[] order) throws SQLException {
    String sql =
        String.format(
            "select s_quantity, s_data, s_dist_%02d from stock where s_i_id = ? and s_w_id = ? for"
                + " update",
            order[2]);
    @Nullable Object[] stock = session.lockedRow(3, sql, order[1], order[0]);
    int left = Session.integer(stock[0]) - order[3];
    session.update(
        "update stock set s_quantity = ?, s_ytd = s_ytd + ?, s_order_cnt = s_order_cnt + 1,"
            + " s_remote_cnt = s_remote_cnt + ? where s_i_id = ? and s_w_id = ?",
        left >= 10 ? left : left + 91,
        order[3],
        order[4],
        order[1],
        order[0]);
    return Session.text(stock[2]);
  }

  private static long payment(Session session, SplittableRandom random) throws SQLException {
    int w = warehouse(random);
    int d = district(random);
    boolean remote = random.nextInt(100) < 15;
    int cw = remote ? WAREHOUSES + 1 - w : w;
    int cd = remote ? district(random) : d;
    BigDecimal amount = BigDecimal.valueOf(100 + random.nextInt(499_901), 2);
    session.update("update warehouse set w_ytd = w_ytd + ? where w_id = ?", amount, w);
    session.row(
        5, "select w_street_1, w_city, w_state, w_zip, w_name from warehouse where w_id = ?", w);
    session.update(
        "update district set d_ytd = d_ytd + ? where d_w_id = ? and d_id = ?", amount, w, d);
    session.row(
        5,
        "select d_street_1, d_city, d_state, d_zip, d_name from district where d_w_id = ? and d_id"
            + " = ?",
        w,
        d);
    int c = paying(session, random, cw, cd);
    String credit = Session.text(session.row(13, CUSTOMER, cw, cd, c)[8]);
    String paid =
        "update customer set c_balance = c_balance - ?, c_ytd_payment = c_ytd_payment + ?,"
            + " c_payment_cnt = c_payment_cnt + 1";
    String key = " where c_w_id = ? and c_d_id = ? and c_id = ?";
    if (credit.equals("BC")) {
      String data = Session.text(session.row(1, "select c_data from customer" + key, cw, cd, c)[0]);
      String longer = c + " " + cd + " " + cw + " " + d + " " + w + " " + amount + " | " + data;
      String cut = longer.substring(0, Math.min(500, longer.length()));
      session.update(paid + ", c_data = ?" + key, amount, amount, cut, cw, cd, c);
    } else {
      session.update(paid + key, amount, amount, cw, cd, c);
    }
    session.update(
        "insert into history (h_c_d_id, h_c_w_id, h_c_id, h_d_id, h_w_id, h_date, h_amount, h_data)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?)",
        cd,
        cw,
        c,
        d,
        w,
        now(),
        amount,
        "w" + w + "    d" + d);
    return 0;
  }

  private static long orderStatus(Session session, SplittableRandom random) throws SQLException {
    int w = warehouse(random);
    int d = district(random);
    int c = paying(session, random, w, d);
    session.row(13, CUSTOMER, w, d, c);
    @Nullable Object[] order =
        session.row(
            4,
            "select o_id, o_carrier_id, o_entry_d, o_ol_cnt from oorder where o_w_id = ? and o_d_id"
                + " = ? and o_c_id = ? order by o_id desc limit 1",
            w,
            d,
            c);
    int lines =
        session
            .rows(
                5,
                "select ol_i_id, ol_supply_w_id, ol_quantity, ol_amount, ol_delivery_d from"
                    + " order_line where ol_o_id = ? and ol_d_id = ? and ol_w_id = ?",
                Session.integer(order[0]),
                d,
                w)
            .size();
    Session.require(lines == Session.integer(order[3]), "an order without all its lines");
    return 0;
  }

  /* 60 % are found by name, of those the one in the middle. */
  private static int paying(Session session, SplittableRandom random, int w, int d)
      throws SQLException {
    if (random.nextInt(100) >= 60) {
      return customer(random);
    }
    String name = "NAME" + NonUniform.next(random, NAME_SPREAD, 0, NAMES - 1);
    List<@Nullable Object[]> found = session.rows(13, CUSTOMER_BY_NAME, w, d, name);
    Session.require(found.size() == CUSTOMERS / NAMES, "not all customers of a name");
    return Session.integer(found.get(found.size() / 2)[0]);
  }

  private static long delivery(Session session, SplittableRandom random) throws SQLException {
    int w = warehouse(random);
    int carrier = 1 + random.nextInt(10);
    String order = " where %s_o_id = ? and %1$s_d_id = ? and %1$s_w_id = ?";
    for (int d = 1; d <= DISTRICTS; d++) {
      List<@Nullable Object[]> oldest =
          session.rows(
              1,
              "select no_o_id from new_order where no_d_id = ? and no_w_id = ? order by no_o_id"
                  + " limit 1",
              d,
              w);
      if (oldest.isEmpty()) {
        continue;
      }
      int o = Session.integer(oldest.get(0)[0]);
      if (session.update("delete from new_order" + String.format(order, "no"), o, d, w) == 0) {
        throw new Abandoned("delivered by another");
      }
      String key = " where o_id = ? and o_d_id = ? and o_w_id = ?";
      int c = Session.integer(session.row(1, "select o_c_id from oorder" + key, o, d, w)[0]);
      session.update("update oorder set o_carrier_id = ?" + key, carrier, o, d, w);
      String lines = String.format(order, "ol");
      session.update("update order_line set ol_delivery_d = ?" + lines, now(), o, d, w);
      BigDecimal sum =
          Session.decimal(
              session.row(1, "select sum(ol_amount) from order_line" + lines, o, d, w)[0]);
      session.update(
          "update customer set c_balance = c_balance + ?, c_delivery_cnt = c_delivery_cnt + 1 where"
              + " c_w_id = ? and c_d_id = ? and c_id = ?",
          sum,
          w,
          d,
          c);
    }
    return 0;
  }

  private static long stockLevel(Session session, SplittableRandom random) throws SQLException {
    int w = warehouse(random);
    int d = district(random);
    String next = "select d_next_o_id from district where d_w_id = ? and d_id = ?";
    int o = Session.integer(session.row(1, next, w, d)[0]);
    session.row(1, RECENT_STOCK, w, d, o, o - 20, w, 10 + random.nextInt(11));
    return 0;
  }

  private static int warehouse(SplittableRandom random) {
    return 1 + random.nextInt(WAREHOUSES);
  }

  private static int district(SplittableRandom random) {
    return 1 + random.nextInt(DISTRICTS);
  }

  private static int customer(SplittableRandom random) {
    return NonUniform.next(random, CUSTOMER_SPREAD, 1, CUSTOMERS);
  }

  private static Timestamp now() {
    return new Timestamp(System.currentTimeMillis());
  }
}
