package dev.larder.benchmarks.workload;

import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Wikipedia of OLTP-Bench (Difallah et al., VLDB 2013): pages with their latest text for anonymous
 * readers (each by an address that is not met twice) and for users, watch lists and new revisions.
 * Safe for use by several threads.
 *
 * <p>As published: the tables and statements, mix, 1,000 pages by a Zipf distribution and 2,000
 * users drawn uniformly, 26 % of revisions by anonymous users. Smaller: columns that no statement
 * names are left out, texts have the published median of some 4 KB but no more than 20 KB, users
 * watch 5 pages on average. Otherwise: the writes of a new revision are one transaction also where
 * the page is watched.
 */
final class Wikipedia implements PublishedWorkload {
  private static final int PAGES = 1_000;
  private static final int USERS = 2_000;
  private static final Zipf PAGE = new Zipf(PAGES, 1.0001);

  private static final String SCHEMA =
      """
      create table useracct (user_id int primary key, user_name varchar(255) not null unique,
        user_real_name varchar(255), user_touched varchar(14), user_editcount int not null);
      create table user_groups (ug_user int not null, ug_group varchar(16) not null,
        primary key (ug_user, ug_group));
      create table page (page_id int primary key, page_namespace int not null,
        page_title varchar(255) not null, page_restrictions varchar(255), page_counter bigint,
        page_is_redirect smallint, page_is_new smallint, page_random double precision,
        page_touched varchar(14), page_latest int not null, page_len int not null,
        unique (page_namespace, page_title));
      create table page_restrictions (pr_page int not null, pr_type varchar(60) not null,
        pr_level varchar(60) not null, primary key (pr_page, pr_type));
      create table ipblocks (ipb_id int primary key, ipb_address varchar(1024), ipb_user int,
        ipb_expiry varchar(14));
      create index idx_ipb_address on ipblocks (ipb_address);
      create index idx_ipb_user on ipblocks (ipb_user);
      create table text (old_id serial primary key, old_text text not null,
        old_flags varchar(255), old_page int);
      create table revision (rev_id serial primary key, rev_page int not null,
        rev_text_id int not null, rev_comment varchar(1024), rev_user int, rev_user_text varchar(255),
        rev_timestamp varchar(14), rev_minor_edit smallint, rev_deleted smallint, rev_len int,
        rev_parent_id int);
      create index idx_rev_page on revision (rev_page);
      create table watchlist (wl_user int not null, wl_namespace int not null,
        wl_title varchar(255) not null, wl_notificationtimestamp varchar(14),
        primary key (wl_user, wl_namespace, wl_title));
      create index idx_wl_title on watchlist (wl_namespace, wl_title);
      create table recentchanges (rc_id serial primary key, rc_timestamp varchar(14), rc_user int,
        rc_namespace int, rc_title varchar(255), rc_comment varchar(255), rc_cur_id int,
        rc_this_oldid int, rc_last_oldid int, rc_ip varchar(40), rc_new_len int);
      create table logging (log_id serial primary key, log_type varchar(32), log_action varchar(32),
        log_timestamp varchar(14), log_user int, log_namespace int, log_title varchar(255),
        log_params text);
      insert into useracct
      select n, 'user' || n, md5(n::text), '20260101000000', 0 from generate_series(0, %1$d) n;
      insert into user_groups
      select n, 'group' || n %% 5 from generate_series(1, %1$d) n where n %% 10 = 0;
      insert into page
      select n, n %% 10 / 9, 'Page ' || n, '', 0, 0, 0, random(), '20260101000000', n, 0
      from generate_series(1, %2$d) n;
      insert into page_restrictions
      select n, 'edit', 'sysop' from generate_series(1, %2$d) n where n %% 50 = 0;
      insert into text (old_text, old_flags, old_page)
      select left(repeat(md5(n::text) || md5(n || 'b'), 320), 100 + (exp(random() * 3) * 1000)::int),
        'utf-8', n from generate_series(1, %2$d) n;
      insert into revision (rev_page, rev_text_id, rev_comment, rev_user, rev_user_text,
        rev_timestamp, rev_minor_edit, rev_deleted, rev_len, rev_parent_id)
      select n, n, '', 0, 'somebody', '20260101000000', 0, 0, 0, 0
      from generate_series(1, %2$d) n;
      insert into watchlist
      select u, p %% 10 / 9, 'Page ' || p, null
      from (select distinct u, floor(exp(random() * ln(%2$d + 1)))::int p
        from generate_series(1, %1$d) u, generate_series(1, 5)) pairs;
      """
          .formatted(USERS, PAGES);

  private static final String SELECT_PAGE =
      "select * from page where page_namespace = ? and page_title = ? limit 1";
  private static final String RESTRICTIONS = "select * from page_restrictions where pr_page = ?";
  private static final String BLOCKS_BY_ADDRESS = "select * from ipblocks where ipb_address = ?";
  private static final String BLOCKS_BY_USER = "select * from ipblocks where ipb_user = ?";
  private static final String REVISION =
      "select * from page, revision where page_id = rev_page and rev_page = ? and page_id = ? and"
          + " rev_id = page_latest limit 1";
  private static final String TEXT =
      "select old_text, old_flags from text where old_id = ? limit 1";
  private static final String USER = "select * from useracct where user_id = ? limit 1";

  /** A page as it was read. */
  private record Article(int page, String text, int textId, int revision) {}

  private final AtomicLong clock = new AtomicLong(20_260_101_000_001L);
  private final List<TransactionType> types =
      List.of(
          new TransactionType("AddWatchList", 1, this::addWatchList),
          new TransactionType("RemoveWatchList", 1, this::removeWatchList),
          new TransactionType("UpdatePage", 7, this::updatePage),
          new TransactionType("GetPageAnonymous", 90, Wikipedia::getPageAnonymous),
          new TransactionType("GetPageAuthenticated", 1, Wikipedia::getPageAuthenticated));

  @Override
  public String name() {
    return "wikipedia";
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
    return "select count(*) from revision";
  }

  @Override
  public List<Invariant> invariants() {
    return List.of(
        new Invariant(
            "each page has a latest revision of its own",
            "select count(*) from page where not exists (select 1 from revision where rev_id ="
                + " page_latest and rev_page = page_id)"),
        new Invariant(
            "each user's edits are counted",
            "select count(*) from useracct where user_editcount <> (select count(*) from revision"
                + " where rev_user = user_id and rev_parent_id > 0)"));
  }

  private static long getPageAnonymous(Session session, SplittableRandom random)
      throws SQLException {
    read(session, PAGE.next(random), address(random));
    return 0;
  }

  private static Article read(Session session, int page, String address) throws SQLException {
    int id = page(session, page);
    session.rows(4, BLOCKS_BY_ADDRESS, address);
    return latest(session, id);
  }

  private static int page(Session session, int page) throws SQLException {
    int id = Session.integer(session.row(11, SELECT_PAGE, namespace(page), title(page))[0]);
    Session.require(id == page, "another title's page");
    session.rows(3, RESTRICTIONS, id);
    return id;
  }

  private static Article latest(Session session, int page) throws SQLException {
    @Nullable Object[] revision = session.row(22, REVISION, page, page);
    Session.require(
        Session.integer(revision[9]) == Session.integer(revision[11]), "not the latest revision");
    int text = Session.integer(revision[13]);
    String content = Session.text(session.row(2, TEXT, text)[0]);
    return new Article(page, content, text, Session.integer(revision[11]));
  }

  private static long getPageAuthenticated(Session session, SplittableRandom random)
      throws SQLException {
    int user = user(random);
    session.row(5, USER, user);
    session.rows(1, "select ug_group from user_groups where ug_user = ?", user);
    int page = page(session, PAGE.next(random));
    session.rows(4, BLOCKS_BY_USER, user);
    latest(session, page);
    return 0;
  }

  private long addWatchList(Session session, SplittableRandom random) throws SQLException {
    int user = user(random);
    int page = PAGE.next(random);
    for (int namespace = namespace(page); namespace <= 1; namespace++) {
      session.update(
          "insert into watchlist (wl_user, wl_namespace, wl_title, wl_notificationtimestamp) values"
              + " (?, ?, ?, null)",
          user,
          namespace,
          title(page));
    }
    touch(session, user);
    return 0;
  }

  private long removeWatchList(Session session, SplittableRandom random) throws SQLException {
    int user = user(random);
    int page = PAGE.next(random);
    for (int namespace = namespace(page); namespace <= 1; namespace++) {
      session.update(
          "delete from watchlist where wl_user = ? and wl_namespace = ? and wl_title = ?",
          user,
          namespace,
          title(page));
    }
    touch(session, user);
    return 0;
  }

  private void touch(Session session, int user) throws SQLException {
    session.update("update useracct set user_touched = ? where user_id = ?", now(), user);
  }

  private long updatePage(Session session, SplittableRandom random) throws SQLException {
    int page = PAGE.next(random);
    int user = random.nextInt(100) < 26 ? 0 : user(random);
    String address = address(random);
    Article old = read(session, page, address);
    String text = Texts.random(random, 40) + old.text().substring(40);
    String now = now();
    String comment = Texts.random(random, 30);
    int textId =
        (int)
            session.insert(
                "old_id",
                "insert into text (old_page, old_text, old_flags) values (?, ?, ?)",
                page,
                text,
                "utf-8");
    int revision =
        (int)
            session.insert(
                "rev_id",
                "insert into revision (rev_page, rev_text_id, rev_comment, rev_minor_edit,"
                    + " rev_user, rev_user_text, rev_timestamp, rev_deleted, rev_len,"
                    + " rev_parent_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                page,
                textId,
                comment,
                0,
                user,
                address,
                now,
                0,
                text.length(),
                old.revision());
    session.update(
        "update page set page_latest = ?, page_touched = ?, page_is_new = 0, page_is_redirect = 0,"
            + " page_len = ? where page_id = ?",
        revision,
        now,
        text.length(),
        page);
    session.update(
        "insert into recentchanges (rc_timestamp, rc_user, rc_namespace, rc_title, rc_comment,"
            + " rc_cur_id, rc_this_oldid, rc_last_oldid, rc_ip, rc_new_len) values (?, ?, ?, ?, ?,"
            + " ?, ?, ?, ?, ?)",
        now,
        user,
        namespace(page),
        title(page),
        comment,
        page,
        textId,
        old.textId(),
        address,
        text.length());
    tellWatchers(session, page, user, now);
    session.update(
        "insert into logging (log_type, log_action, log_timestamp, log_user, log_namespace,"
            + " log_title, log_params) values ('patrol', 'patrol', ?, ?, ?, ?, ?)",
        now,
        user,
        namespace(page),
        title(page),
        revision + " " + old.revision());
    session.update(
        "update useracct set user_editcount = user_editcount + 1 where user_id = ?", user);
    touch(session, user);
    return 1;
  }

  private static void tellWatchers(Session session, int page, int user, String now)
      throws SQLException {
    List<@Nullable Object[]> watchers =
        session.rows(
            1,
            "select wl_user from watchlist where wl_title = ? and wl_namespace = ? and wl_user <> ?"
                + " and wl_notificationtimestamp is null",
            title(page),
            namespace(page),
            user);
    for (@Nullable Object[] watcher : watchers) {
      session.update(
          "update watchlist set wl_notificationtimestamp = ? where wl_title = ? and wl_namespace ="
              + " ? and wl_user = ?",
          now,
          title(page),
          namespace(page),
          Session.integer(watcher[0]));
    }
    for (@Nullable Object[] watcher : watchers) {
      session.row(5, USER, Session.integer(watcher[0]));
    }
  }

  private static int user(SplittableRandom random) {
    return 1 + random.nextInt(USERS);
  }

  private static int namespace(int page) {
    return page % 10 / 9;
  }

  private static String title(int page) {
    return "Page " + page;
  }

  private static String address(SplittableRandom random) {
    int bits = random.nextInt();
    return (bits >>> 24)
        + "."
        + ((bits >> 16) & 255)
        + "."
        + ((bits >> 8) & 255)
        + "."
        + (bits & 255);
  }

  private String now() {
    return Long.toString(clock.getAndIncrement());
  }
}
