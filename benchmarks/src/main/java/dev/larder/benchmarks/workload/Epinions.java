package dev.larder.benchmarks.workload;

import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Epinions of OLTP-Bench (Difallah et al., VLDB 2013): reviews of items, and users who trust each
 * other. Half of the transactions write, all are one or two statements. Safe for use by several
 * threads.
 *
 * <p>As published: tables, statements, mix, 2,000 users and 1,000 items drawn uniformly, reviews of
 * an item by a Zipf distribution with 500 at most, up to 200 trusted users each. Smaller: some
 * 28,000 reviews and 80,000 trusts in all.
 */
final class Epinions implements PublishedWorkload {
  private static final int USERS = 2_000;
  private static final int ITEMS = 1_000;

  private static final String SCHEMA =
      """
      create table useracct (u_id int primary key, name varchar(128), email varchar(255),
        creation_date timestamp);
      create table item (i_id int primary key, title varchar(128), description text,
        creation_date timestamp);
      create table review (a_id int primary key, u_id int not null, i_id int not null, rating int,
        rank int, comment text, creation_date timestamp);
      create index idx_rating_uid on review (u_id);
      create index idx_rating_iid on review (i_id);
      create table review_rating (u_id int not null, a_id int not null, rating int not null,
        status int not null, creation_date timestamp, last_mod_date timestamp, type int,
        vertical_id int, primary key (u_id, a_id));
      create table trust (source_u_id int not null, target_u_id int not null, trust int not null,
        creation_date timestamp);
      create index idx_trust_sid on trust (source_u_id);
      create index idx_trust_tid on trust (target_u_id);
      insert into useracct
      select n, left(md5(n::text), 24), n || '@example.org', timestamp '2026-01-01'
      from generate_series(0, %1$d) n;
      insert into item
      select n, repeat(md5(n::text), 4), repeat(md5(n || 'd'), 6), timestamp '2026-01-01'
      from generate_series(0, %2$d) n;
      insert into review
      select row_number() over (order by i, k), (i * 31 + k * 7) %% (%1$d + 1), i,
        floor(random() * 5), null, repeat(md5(i || '-' || k), 6),
        timestamp '2026-01-01' + (i * 500 + k) * interval '1 second'
      from generate_series(0, %2$d) i, generate_series(1, 500) k
      where k <= greatest(2, 5000 / (1 + i * 7919 %% 1000));
      insert into trust
      select s, t, floor(random() * 2), timestamp '2026-01-01'
      from (select distinct s, floor(random() * (%1$d + 1))::int t
        from generate_series(0, %1$d) s, generate_series(1, 200) k
        where k <= 200 / (1 + s * 31 %% 10) and k <= 150) pairs;
      """
          .formatted(USERS - 1, ITEMS - 1);

  private static final String REVIEWS_OF_ITEM =
      "select * from review r, item i where i.i_id = r.i_id and r.i_id = ? order by rating desc,"
          + " r.creation_date desc limit 10";
  private static final String REVIEWS_BY_USER =
      "select * from review r, useracct u where u.u_id = r.u_id and r.u_id = ? order by rating"
          + " desc, r.creation_date desc limit 10";
  private static final String TRUSTED_AVERAGE =
      "select avg(rating) from review r, trust t where r.u_id = t.target_u_id and r.i_id = ? and"
          + " t.source_u_id = ?";

  private final List<TransactionType> types =
      List.of(
          new TransactionType("GetReviewItemById", 10, Epinions::getReviewItemById),
          new TransactionType("GetReviewsByUser", 10, Epinions::getReviewsByUser),
          new TransactionType("GetAverageRatingByTrustedUser", 10, Epinions::trustedAverage),
          new TransactionType("GetItemAverageRating", 10, Epinions::getItemAverageRating),
          new TransactionType("GetItemReviewsByTrustedUser", 10, Epinions::trustedReviews),
          new TransactionType("UpdateUserName", 10, Epinions::updateUserName),
          new TransactionType("UpdateItemTitle", 10, Epinions::updateItemTitle),
          new TransactionType("UpdateReviewRating", 10, Epinions::updateReviewRating),
          new TransactionType("UpdateTrustRating", 20, Epinions::updateTrustRating));

  @Override
  public String name() {
    return "epinions";
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
    return "select count(*) from review";
  }

  @Override
  public List<Invariant> invariants() {
    return List.of();
  }

  private static long getReviewItemById(Session session, SplittableRandom random)
      throws SQLException {
    int item = item(random);
    for (@Nullable Object[] review : session.rows(11, REVIEWS_OF_ITEM, item)) {
      Session.require(Session.integer(review[2]) == item, "another item's review");
    }
    return 0;
  }

  private static long getReviewsByUser(Session session, SplittableRandom random)
      throws SQLException {
    session.rows(11, REVIEWS_BY_USER, user(random));
    return 0;
  }

  private static long trustedAverage(Session session, SplittableRandom random) throws SQLException {
    session.row(1, TRUSTED_AVERAGE, item(random), user(random));
    return 0;
  }

  private static long getItemAverageRating(Session session, SplittableRandom random)
      throws SQLException {
    session.row(1, "select avg(rating) from review r where r.i_id = ?", item(random));
    return 0;
  }

  private static long trustedReviews(Session session, SplittableRandom random) throws SQLException {
    session.rows(7, "select * from review r where r.i_id = ?", item(random));
    session.rows(4, "select * from trust t where t.source_u_id = ?", user(random));
    return 0;
  }

  private static long updateUserName(Session session, SplittableRandom random) throws SQLException {
    session.update(
        "update useracct set name = ? where u_id = ?", Texts.random(random, 24), user(random));
    return 0;
  }

  private static long updateItemTitle(Session session, SplittableRandom random)
      throws SQLException {
    session.update(
        "update item set title = ? where i_id = ?", Texts.random(random, 128), item(random));
    return 0;
  }

  private static long updateReviewRating(Session session, SplittableRandom random)
      throws SQLException {
    session.update(
        "update review set rating = ? where i_id = ? and u_id = ?",
        random.nextInt(1_000),
        item(random),
        user(random));
    return 0;
  }

  private static long updateTrustRating(Session session, SplittableRandom random)
      throws SQLException {
    session.update(
        "update trust set trust = ? where source_u_id = ? and target_u_id = ?",
        random.nextInt(2),
        user(random),
        user(random));
    return 0;
  }

  private static int user(SplittableRandom random) {
    return random.nextInt(USERS);
  }

  private static int item(SplittableRandom random) {
    return random.nextInt(ITEMS);
  }
}
