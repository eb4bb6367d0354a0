package dev.larder.benchmarks.workload;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * AuctionMark of OLTP-Bench (Angkanawaraphan and Pavlo): items that are auctioned, their sellers
 * and bidders, comments, feedback and purchases. Safe for use by several threads.
 *
 * <p>As published: statements, mix, and items drawn from a thousand that a client remembers, half
 * of the bids on those that end soon; which parts of a user are asked for. Smaller: 1,000 users,
 * 10,000 items, three bids each, and columns that no statement names are left out. Otherwise: the
 * item is locked where its next bid or comment is numbered, so that numbers do not collide at READ
 * COMMITTED on either side, a bid is always the highest, and auctions are not closed by a clock.
 */
final class AuctionMark implements PublishedWorkload {
  private static final int USERS = 1_000;
  private static final int ITEMS = 10_000;
  private static final int REMEMBERED = 1_000;
  private static final int ENDING_SOON = 100;
  private static final int GROUPS = 100;
  private static final int CATEGORIES = 500;

  private static final String SCHEMA =
      """
      create table region (r_id int primary key, r_name varchar(32));
      create table useracct (u_id bigint primary key, u_rating bigint not null,
        u_balance numeric(12, 2) not null, u_comments int not null, u_r_id int not null,
        u_created timestamp, u_updated timestamp, u_sattr0 varchar(64), u_sattr1 varchar(64));
      create table category (c_id int primary key, c_name varchar(50), c_parent_id int);
      create index idx_category_parent on category (c_parent_id);
      create table global_attribute_group (gag_id int primary key, gag_c_id int, gag_name varchar(100));
      create table global_attribute_value (gav_id int, gav_gag_id int, gav_name varchar(100),
        primary key (gav_id, gav_gag_id));
      create table item (i_id bigint, i_u_id bigint, i_c_id int, i_name varchar(100),
        i_description text, i_initial_price numeric(12, 2), i_current_price numeric(12, 2),
        i_num_bids int not null, i_num_comments int not null, i_end_date timestamp, i_status int,
        i_updated timestamp, primary key (i_id, i_u_id));
      create index idx_item_seller on item (i_u_id);
      create table item_attribute (ia_id bigint, ia_i_id bigint, ia_u_id bigint, ia_gav_id int,
        ia_gag_id int, primary key (ia_i_id, ia_u_id, ia_id));
      create table item_comment (ic_id bigint, ic_i_id bigint, ic_u_id bigint, ic_buyer_id bigint,
        ic_question varchar(128), ic_response varchar(128), ic_created timestamp,
        ic_updated timestamp, primary key (ic_i_id, ic_u_id, ic_id));
      create table item_bid (ib_id bigint, ib_i_id bigint, ib_u_id bigint, ib_buyer_id bigint,
        ib_bid numeric(12, 2), ib_max_bid numeric(12, 2), ib_created timestamp,
        primary key (ib_i_id, ib_u_id, ib_id));
      create table item_max_bid (imb_i_id bigint, imb_u_id bigint, imb_ib_id bigint,
        imb_updated timestamp, primary key (imb_i_id, imb_u_id));
      create table item_purchase (ip_id bigserial primary key, ip_ib_id bigint, ip_ib_i_id bigint,
        ip_ib_u_id bigint, ip_date timestamp, unique (ip_ib_i_id, ip_ib_u_id));
      create table useracct_feedback (uf_u_id bigint, uf_i_id bigint, uf_i_u_id bigint,
        uf_from_id bigint, uf_rating int, uf_date timestamp, uf_sattr0 varchar(80),
        primary key (uf_u_id, uf_i_id, uf_i_u_id, uf_from_id));
      create table useracct_item (ui_u_id bigint, ui_i_id bigint, ui_i_u_id bigint,
        ui_created timestamp, primary key (ui_u_id, ui_i_id, ui_i_u_id));
      create table useracct_watch (uw_u_id bigint, uw_i_id bigint, uw_i_u_id bigint,
        uw_created timestamp, primary key (uw_u_id, uw_i_id, uw_i_u_id));
      insert into region select n, 'region ' || n from generate_series(1, 75) n;
      insert into useracct
      select n, 0, 1000 + n * 97 %% 99000, 0, 1 + n %% 75, timestamp '2026-01-01', null,
        md5(n::text), md5(n || 'b')
      from generate_series(0, %1$d) n;
      insert into category select n, 'category ' || n, n / 10 from generate_series(1, %3$d) n;
      insert into global_attribute_group
      select n, 1 + n %% %3$d, 'group ' || n from generate_series(0, %4$d) n;
      insert into global_attribute_value
      select v, g, 'value ' || v from generate_series(0, %4$d) g, generate_series(0, 9) v;
      insert into item
      select n, n %% (%1$d + 1), 1 + n %% %3$d, repeat(md5(n::text), 2), repeat(md5(n::text), 5),
        1 + n %% 100, 1 + n %% 100, 3, 1, timestamp '2027-01-01' + n * interval '1 minute', 0, null
      from generate_series(0, %2$d) n;
      insert into item_bid
      select b, i_id, i_u_id, (i_id + b) * 31 %% (%1$d + 1), i_current_price, i_current_price + 1,
        timestamp '2026-01-01' from item, generate_series(1, 3) b;
      insert into item_max_bid select i_id, i_u_id, 3, timestamp '2026-01-01' from item;
      insert into item_comment
      select 1, i_id, i_u_id, 1, md5(i_id::text), case when i_id %% 2 = 0 then 'yes' end,
        timestamp '2026-01-01' + i_id * interval '1 minute', null from item;
      insert into useracct_watch
      select u, i, i %% (%1$d + 1), timestamp '2026-01-01'
      from (select distinct u, (u * 131 + k * 977) %% (%2$d + 1) i
        from generate_series(0, %1$d) u, generate_series(1, 10) k) watched;
      """
          .formatted(USERS - 1, ITEMS - 1, CATEGORIES, GROUPS - 1);

  private static final String COLUMNS =
      "i_id, i_u_id, i_name, i_current_price, i_num_bids, i_end_date, i_status";
  private static final String OF_ITEM = " where i_id = ? and i_u_id = ?";
  private static final String USER =
      "select u_id, u_rating, u_created, u_balance, u_sattr0, u_sattr1, r_name from useracct,"
          + " region where u_id = ? and u_r_id = r_id";
  private static final String MAX_BID =
      "select imb_ib_id, ib_bid, ib_max_bid, ib_buyer_id from item_max_bid, item_bid where imb_i_id"
          + " = ? and imb_u_id = ? and imb_ib_id = ib_id and imb_i_id = ib_i_id and imb_u_id ="
          + " ib_u_id";

  /* Five parts of a user's page, with the chance in percent that a user asks for each. */
  private static final int[] CHANCES = {25, 10, 10, 10, 10};
  private static final int[] WIDTHS = {7, 13, 7, 7, 9};
  private static final List<String> PARTS =
      List.of(
          "select u_id, u_rating, u_sattr0, u_sattr1, uf_rating, uf_date, uf_sattr0 from useracct,"
              + " useracct_feedback where u_id = ? and uf_u_id = u_id order by uf_date desc limit"
              + " 25",
          "select "
              + COLUMNS
              + ", ic_id, ic_i_id, ic_u_id, ic_buyer_id, ic_question, ic_created"
              + " from item, item_comment where i_u_id = ? and i_status = 0 and i_id = ic_i_id and"
              + " i_u_id = ic_u_id and ic_response is null order by ic_created desc limit 25",
          "select " + COLUMNS + " from item where i_u_id = ? order by i_end_date desc limit 25",
          "select "
              + COLUMNS
              + " from useracct_item, item where ui_u_id = ? and ui_i_id = i_id and"
              + " ui_i_u_id = i_u_id order by i_end_date desc limit 25",
          "select "
              + COLUMNS
              + ", uw_u_id, uw_created from useracct_watch, item where uw_u_id = ?"
              + " and uw_i_id = i_id and uw_i_u_id = i_u_id order by i_end_date desc limit 25");

  private final AtomicLong items = new AtomicLong(ITEMS);
  private final List<TransactionType> types =
      List.of(
          new TransactionType("GetItem", 45, AuctionMark::getItem),
          new TransactionType("GetUserInfo", 10, AuctionMark::getUserInfo),
          new TransactionType("NewBid", 20, AuctionMark::newBid),
          new TransactionType("NewComment", 2, AuctionMark::newComment),
          new TransactionType("NewCommentResponse", 1, AuctionMark::newCommentResponse),
          new TransactionType("NewFeedback", 4, AuctionMark::newFeedback),
          new TransactionType("NewItem", 10, this::newItem),
          new TransactionType("NewPurchase", 5, AuctionMark::newPurchase),
          new TransactionType("UpdateItem", 3, AuctionMark::updateItem));

  @Override
  public String name() {
    return "auctionmark";
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
    return "select (select count(*) from item) + (select count(*) from item_bid)";
  }

  @Override
  public List<Invariant> invariants() {
    return List.of(
        new Invariant(
            "bids are counted",
            "select count(*) from item where i_num_bids <> (select count(*) from item_bid where"
                + " ib_i_id = i_id and ib_u_id = i_u_id)"),
        new Invariant(
            "an item costs what its highest bid says",
            "select count(*) from item, item_max_bid, item_bid where imb_i_id = i_id and imb_u_id ="
                + " i_u_id and ib_i_id = i_id and ib_u_id = i_u_id and ib_id = imb_ib_id and ib_bid"
                + " <> i_current_price"));
  }

  private static long getItem(Session session, SplittableRandom random) throws SQLException {
    long item = item(random);
    @Nullable Object[] row =
        session.row(7, "select " + COLUMNS + " from item" + OF_ITEM, item, seller(item));
    Session.require(Session.number(row[0]) == item, "another item");
    session.row(7, USER, seller(item));
    return 0;
  }

  private static long getUserInfo(Session session, SplittableRandom random) throws SQLException {
    long user = user(random);
    session.row(7, USER, user);
    for (int part = 0; part < CHANCES.length; part++) {
      if (random.nextInt(100) < CHANCES[part]) {
        session.rows(WIDTHS[part], PARTS.get(part), user);
      }
    }
    return 0;
  }

  private static long newBid(Session session, SplittableRandom random) throws SQLException {
    long item = random.nextBoolean() ? random.nextInt(ENDING_SOON) : item(random);
    long seller = seller(item);
    long buyer = user(random);
    @Nullable Object[] before =
        session.lockedRow(
            4,
            "select i_initial_price, i_current_price, i_num_bids, i_status from item"
                + OF_ITEM
                + " for update",
            item,
            seller);
    String last = "select max(ib_id) from item_bid where ib_i_id = ? and ib_u_id = ?";
    long bid = Session.number(session.row(1, last, item, seller)[0]) + 1;
    Session.require(bid == Session.number(before[2]) + 1, "a bid that is not counted");
    @Nullable Object[] highest = session.row(4, MAX_BID, item, seller);
    Session.require(
        Session.decimal(highest[1]).compareTo(Session.decimal(before[1])) == 0,
        "the highest bid is not the price");
    BigDecimal price = Session.decimal(highest[2]).add(new BigDecimal("0.03"));
    session.update(
        "insert into item_bid (ib_id, ib_i_id, ib_u_id, ib_buyer_id, ib_bid, ib_max_bid,"
            + " ib_created) values (?, ?, ?, ?, ?, ?, ?)",
        bid,
        item,
        seller,
        buyer,
        price,
        price.add(BigDecimal.ONE),
        now());
    session.update(
        "update item set i_num_bids = i_num_bids + 1, i_current_price = ?, i_updated = ?" + OF_ITEM,
        price,
        now(),
        item,
        seller);
    session.update(
        "update item_max_bid set imb_ib_id = ?, imb_updated = ? where imb_i_id = ? and imb_u_id ="
            + " ?",
        bid,
        now(),
        item,
        seller);
    return 1;
  }

  private static long newComment(Session session, SplittableRandom random) throws SQLException {
    long item = item(random);
    long seller = seller(item);
    @Nullable Object[] row =
        session.lockedRow(
            1, "select i_num_comments from item" + OF_ITEM + " for update", item, seller);
    session.update(
        "insert into item_comment (ic_id, ic_i_id, ic_u_id, ic_buyer_id, ic_question, ic_created)"
            + " values (?, ?, ?, ?, ?, ?)",
        Session.number(row[0]) + 1,
        item,
        seller,
        user(random),
        Texts.random(random, 60),
        now());
    session.update("update item set i_num_comments = i_num_comments + 1" + OF_ITEM, item, seller);
    session.update(
        "update useracct set u_comments = u_comments + 1, u_updated = ? where u_id = ?",
        now(),
        seller);
    return 0;
  }

  private static long newCommentResponse(Session session, SplittableRandom random)
      throws SQLException {
    long item = item(random);
    session.update(
        "update item_comment set ic_response = ?, ic_updated = ? where ic_id = ? and ic_i_id = ?"
            + " and ic_u_id = ?",
        Texts.random(random, 60),
        now(),
        1L,
        item,
        seller(item));
    session.update(
        "update useracct set u_comments = u_comments - 1, u_updated = ? where u_id = ?",
        now(),
        seller(item));
    return 0;
  }

  private static long newFeedback(Session session, SplittableRandom random) throws SQLException {
    long item = item(random);
    long from = user(random);
    String twice =
        "select uf_i_id, uf_i_u_id, uf_from_id from useracct_feedback where uf_u_id = ? and uf_i_id"
            + " = ? and uf_i_u_id = ? and uf_from_id = ?";
    if (!session.rows(3, twice, seller(item), item, seller(item), from).isEmpty()) {
      throw new Abandoned("feedback was given");
    }
    int rating = random.nextInt(3) - 1;
    session.update(
        "insert into useracct_feedback (uf_u_id, uf_i_id, uf_i_u_id, uf_from_id, uf_rating,"
            + " uf_date, uf_sattr0) values (?, ?, ?, ?, ?, ?, ?)",
        seller(item),
        item,
        seller(item),
        from,
        rating,
        now(),
        Texts.random(random, 40));
    session.update(
        "update useracct set u_rating = u_rating + ?, u_updated = ? where u_id = ?",
        rating,
        now(),
        seller(item));
    return 0;
  }

  private long newItem(Session session, SplittableRandom random) throws SQLException {
    long item = items.getAndIncrement();
    long seller = seller(item);
    int attributes = 1 + random.nextInt(5);
    int[] groups = random.ints(attributes, 0, GROUPS).toArray();
    int category = 1 + random.nextInt(CATEGORIES);
    for (int group : groups) {
      session.row(
          3,
          "select gag_name, gav_name, gag_c_id from global_attribute_group, global_attribute_value"
              + " where gav_id = ? and gav_gag_id = ? and gav_gag_id = gag_id",
          group % 10,
          group);
    }
    session.row(3, "select * from category where c_id = ?", category);
    session.rows(3, "select * from category where c_parent_id = ?", category);
    BigDecimal price = new BigDecimal(1 + random.nextInt(1_000));
    session.update(
        "insert into item (i_id, i_u_id, i_c_id, i_name, i_description, i_initial_price,"
            + " i_current_price, i_num_bids, i_num_comments, i_end_date, i_status) values (?, ?, ?,"
            + " ?, ?, ?, ?, 0, 0, ?, 0)",
        item,
        seller,
        category,
        Texts.random(random, 50),
        Texts.random(random, 150),
        price,
        price,
        now());
    for (int i = 0; i < attributes; i++) {
      session.update(
          "insert into item_attribute (ia_id, ia_i_id, ia_u_id, ia_gav_id, ia_gag_id) values (?, ?,"
              + " ?, ?, ?)",
          i,
          item,
          seller,
          groups[i] % 10,
          groups[i]);
    }
    session.update(
        "update useracct set u_balance = u_balance - 1, u_updated = ? where u_id = ?",
        now(),
        seller);
    return 1;
  }

  private static long newPurchase(Session session, SplittableRandom random) throws SQLException {
    long item = item(random);
    long seller = seller(item);
    session.row(4, "select * from item_max_bid where imb_i_id = ? and imb_u_id = ?", item, seller);
    @Nullable Object[] row =
        session.row(
            6,
            "select i_num_bids, i_current_price, i_end_date, ib_id, ib_buyer_id, u_balance from"
                + " item, item_max_bid, item_bid, useracct where i_id = ? and i_u_id = ? and"
                + " imb_i_id = i_id and imb_u_id = i_u_id and imb_ib_id = ib_id and imb_i_id ="
                + " ib_i_id and imb_u_id = ib_u_id and ib_buyer_id = u_id",
            item,
            seller);
    BigDecimal price = Session.decimal(row[1]);
    long buyer = Session.number(row[4]);
    if (price.compareTo(Session.decimal(row[5])) > 0) {
      throw new Abandoned("not enough money");
    }
    session.update(
        "insert into item_purchase (ip_ib_id, ip_ib_i_id, ip_ib_u_id, ip_date) values (?, ?, ?, ?)",
        Session.number(row[3]),
        item,
        seller,
        now());
    session.update("update item set i_status = 3, i_updated = ?" + OF_ITEM, now(), item, seller);
    session.update(
        "insert into useracct_item (ui_u_id, ui_i_id, ui_i_u_id, ui_created) values (?, ?, ?, ?)",
        buyer,
        item,
        seller,
        now());
    String pay = "update useracct set u_balance = u_balance + ? where u_id = ?";
    session.update(pay, price.negate(), buyer);
    session.update(pay, price, seller);
    return 0;
  }

  private static long updateItem(Session session, SplittableRandom random) throws SQLException {
    long item = item(random);
    session.update(
        "update item set i_description = ?, i_updated = ?" + OF_ITEM,
        Texts.random(random, 150),
        now(),
        item,
        seller(item));
    if (random.nextInt(4) == 0) {
      session.update(
          "delete from item_attribute where ia_id = ? and ia_i_id = ? and ia_u_id = ?",
          0,
          item,
          seller(item));
    }
    return 0;
  }

  private static long item(SplittableRandom random) {
    return random.nextInt(REMEMBERED);
  }

  private static long seller(long item) {
    return item % USERS;
  }

  private static long user(SplittableRandom random) {
    return random.nextInt(USERS);
  }

  private static Timestamp now() {
    return new Timestamp(System.currentTimeMillis());
  }
}
