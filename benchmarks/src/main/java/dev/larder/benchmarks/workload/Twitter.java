package dev.larder.benchmarks.workload;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Twitter of OLTP-Bench (Difallah et al., VLDB 2013): tweets of a user, of those that a user
 * follows, names of followers, and new tweets. Safe for use by several threads.
 *
 * <p>As published: tables, statements (IN lists of twenty, filled with the last user), mix, and the
 * sizes of scale factor 1: 500 users, 20,000 tweets by a Zipf distribution over the users; users
 * and tweets are drawn uniformly. Otherwise: keys are drawn, not read from a trace.
 */
final class Twitter implements PublishedWorkload {
  private static final int USERS = 500;
  private static final int TWEETS = 20_000;
  private static final int LISTED = 20;
  private static final int LONGEST = 140;

  private static final String SCHEMA =
      """
      create table user_profiles (uid int primary key, name varchar(255), email varchar(255),
        partitionid int, partitionid2 int, followers int);
      create table followers (f1 int not null, f2 int not null, primary key (f1, f2));
      create table follows (f1 int not null, f2 int not null, primary key (f1, f2));
      create table tweets (id bigint primary key, uid int not null, text varchar(140) not null,
        createdate timestamp);
      create index idx_tweets_uid on tweets (uid);
      create table added_tweets (id bigserial primary key, uid int not null,
        text varchar(140) not null, createdate timestamp);
      create index idx_added_tweets_uid on added_tweets (uid);
      insert into user_profiles
      select n, left(md5(n::text), 3 + n %% 18), n || '@example.org', null, null, n * 7 %% 50
      from generate_series(1, %1$d) n;
      insert into follows
      select distinct f1, 1 + floor(exp(random() * ln(%1$d)))::int
      from generate_series(1, %1$d) f1, generate_series(1, 50) k where k <= 1 + f1 * 31 %% 50;
      insert into followers select f2, f1 from follows where f2 <= %1$d;
      insert into tweets
      select n, floor(exp(random() * ln(%1$d + 1)))::int,
        left(repeat(md5(n::text), 5), 1 + n * 37 %% 140),
        timestamp '2026-01-01' + n * interval '1 second'
      from generate_series(1, %2$d) n;
      """
          .formatted(USERS, TWEETS);

  private static final String LIST =
      Stream.generate(() -> "?").limit(LISTED).collect(Collectors.joining(", ", "(", ")"));
  private static final String TWEETS_OF_LISTED = "select * from tweets where uid in " + LIST;
  private static final String NAMES_OF_LISTED =
      "select uid, name from user_profiles where uid in " + LIST;
  private static final String FOLLOWS = "select f2 from follows where f1 = ? limit " + LISTED;
  private static final String FOLLOWERS = "select f2 from followers where f1 = ? limit " + LISTED;

  private final List<TransactionType> types =
      List.of(
          new TransactionType("GetTweet", 1, Twitter::getTweet),
          new TransactionType("GetTweetsFromFollowing", 1, Twitter::getTweetsFromFollowing),
          new TransactionType("GetFollowers", 7, Twitter::getFollowers),
          new TransactionType("GetUserTweets", 90, Twitter::getUserTweets),
          new TransactionType("InsertTweet", 1, Twitter::insertTweet));

  @Override
  public String name() {
    return "twitter";
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
    return "select count(*) from added_tweets";
  }

  @Override
  public List<Invariant> invariants() {
    return List.of();
  }

  private static long getTweet(Session session, SplittableRandom random) throws SQLException {
    session.row(4, "select * from tweets where id = ?", 1L + random.nextInt(TWEETS));
    return 0;
  }

  private static long getTweetsFromFollowing(Session session, SplittableRandom random)
      throws SQLException {
    List<@Nullable Object[]> followed = session.rows(1, FOLLOWS, user(random));
    if (!followed.isEmpty()) {
      session.rows(4, TWEETS_OF_LISTED, filled(followed));
    }
    return 0;
  }

  private static long getFollowers(Session session, SplittableRandom random) throws SQLException {
    List<@Nullable Object[]> followers = session.rows(1, FOLLOWERS, user(random));
    if (!followers.isEmpty()) {
      int names = session.rows(2, NAMES_OF_LISTED, filled(followers)).size();
      Session.require(names == followers.size(), "a follower without a name");
    }
    return 0;
  }

  private static long getUserTweets(Session session, SplittableRandom random) throws SQLException {
    int user = user(random);
    for (@Nullable Object[] tweet :
        session.rows(4, "select * from tweets where uid = ? limit 10", user)) {
      Session.require(Session.integer(tweet[1]) == user, "another user's tweet");
    }
    return 0;
  }

  private static long insertTweet(Session session, SplittableRandom random) throws SQLException {
    session.insert(
        "id",
        "insert into added_tweets (uid, text, createdate) values (?, ?, ?)",
        user(random),
        Texts.random(random, 1 + random.nextInt(LONGEST)),
        new Timestamp(System.currentTimeMillis()));
    return 1;
  }

  /* As published, a shorter list is filled with its last element. */
  private static Object[] filled(List<@Nullable Object[]> users) {
    Object[] filled = new Object[LISTED];
    for (int i = 0; i < LISTED; i++) {
      filled[i] = Session.number(users.get(Math.min(i, users.size() - 1))[0]);
    }
    return filled;
  }

  private static int user(SplittableRandom random) {
    return 1 + random.nextInt(USERS);
  }
}
