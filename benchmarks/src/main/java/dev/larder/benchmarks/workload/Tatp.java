package dev.larder.benchmarks.workload;

import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * TATP (IBM, Telecom Application Transaction Processing 1.0): the home location register of a
 * mobile network, seven transactions of one to three statements. Safe for use by several threads.
 *
 * <p>As published: tables, statements, mix, and subscribers drawn by the benchmark's non-uniform
 * distribution; inserts that violate a key and updates that find no row are rolled back and count.
 * Smaller: 10,000 subscribers instead of 100,000 and more.
 */
final class Tatp implements PublishedWorkload {
  private static final int SUBSCRIBERS = 10_000;

  /* The benchmark's A for its non-uniform distribution, as large beside the population. */
  private static final int SPREAD = 8_191;

  private static final String SCHEMA =
      """
      create table subscriber (s_id int primary key, sub_nbr varchar(15) not null unique,
        %1$s,
        msc_location int, vlr_location int);
      create table access_info (s_id int not null, ai_type smallint not null,
        data1 smallint, data2 smallint, data3 varchar(3), data4 varchar(5),
        primary key (s_id, ai_type));
      create table special_facility (s_id int not null,
        sf_type smallint not null, is_active smallint not null, error_cntrl smallint,
        data_a smallint, data_b varchar(5), primary key (s_id, sf_type));
      create table call_forwarding (s_id int not null, sf_type smallint not null,
        start_time smallint not null, end_time smallint, numberx varchar(15),
        primary key (s_id, sf_type, start_time));
      insert into subscriber
      select s, lpad(s::text, 15, '0'), %2$s, floor(random() * 1e9), floor(random() * 1e9)
      from generate_series(1, %3$d) s;
      insert into access_info
      select s, t, floor(random() * 256), floor(random() * 256), left(md5(s || 'c'), 3),
        left(md5(s || 'd'), 5)
      from generate_series(1, %3$d) s, generate_series(1, 4) t where t <= 1 + s * 7919 %% 4;
      insert into special_facility
      select s, t, (random() < 0.85)::int, floor(random() * 256), floor(random() * 256),
        left(md5(s || 'b'), 5)
      from generate_series(1, %3$d) s, generate_series(1, 4) t where t <= 1 + s * 104729 %% 4;
      insert into call_forwarding
      select s_id, sf_type, h, h + 1 + floor(random() * 8), lpad(s_id::text, 15, '0')
      from special_facility, generate_series(0, 16, 8) h where random() < 0.5;
      alter table access_info add foreign key (s_id) references subscriber;
      alter table special_facility add foreign key (s_id) references subscriber;
      alter table call_forwarding
        add foreign key (s_id, sf_type) references special_facility;
      """
          .formatted(columns("%s_%d smallint"), columns("floor(random() * 2)"), SUBSCRIBERS);

  private static final String SUBSCRIBER = "select * from subscriber where s_id = ?";
  private static final String BY_NUMBER = "select s_id from subscriber where sub_nbr = ?";
  private static final String DESTINATION =
      "select cf.numberx from special_facility sf, call_forwarding cf where (sf.s_id = ? and"
          + " sf.sf_type = ? and sf.is_active = 1) and (cf.s_id = sf.s_id and cf.sf_type ="
          + " sf.sf_type) and (cf.start_time <= ? and ? < cf.end_time)";
  private static final String ACCESS =
      "select data1, data2, data3, data4 from access_info where s_id = ? and ai_type = ?";
  private static final String FACILITIES = "select sf_type from special_facility where s_id = ?";

  private final List<TransactionType> types =
      List.of(
          new TransactionType("DeleteCallForwarding", 2, Tatp::deleteCallForwarding),
          new TransactionType("GetAccessData", 35, Tatp::getAccessData),
          new TransactionType("GetNewDestination", 10, Tatp::getNewDestination),
          new TransactionType("GetSubscriberData", 35, Tatp::getSubscriberData),
          new TransactionType("InsertCallForwarding", 2, Tatp::insertCallForwarding),
          new TransactionType("UpdateLocation", 14, Tatp::updateLocation),
          new TransactionType("UpdateSubscriberData", 2, Tatp::updateSubscriberData));

  private static String columns(String each) {
    StringBuilder columns = new StringBuilder();
    for (String kind : List.of("bit", "hex", "byte2")) {
      for (int i = 1; i <= 10; i++) {
        columns.append(columns.length() == 0 ? "" : ", ").append(String.format(each, kind, i));
      }
    }
    return columns.toString();
  }

  @Override
  public String name() {
    return "tatp";
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
    return "select count(*) from call_forwarding";
  }

  @Override
  public List<Invariant> invariants() {
    return List.of();
  }

  private static long getSubscriberData(Session session, SplittableRandom random)
      throws SQLException {
    int id = id(random);
    Session.require(Session.number(session.row(34, SUBSCRIBER, id)[0]) == id, "another subscriber");
    return 0;
  }

  private static long getNewDestination(Session session, SplittableRandom random)
      throws SQLException {
    int start = random.nextInt(3) * 8;
    session.rows(1, DESTINATION, id(random), type(random), start, start + 1 + random.nextInt(24));
    return 0;
  }

  private static long getAccessData(Session session, SplittableRandom random) throws SQLException {
    session.rows(4, ACCESS, id(random), type(random));
    return 0;
  }

  private static long updateSubscriberData(Session session, SplittableRandom random)
      throws SQLException {
    int id = id(random);
    session.update("update subscriber set bit_1 = ? where s_id = ?", random.nextInt(2), id);
    int updated =
        session.update(
            "update special_facility set data_a = ? where s_id = ? and sf_type = ?",
            random.nextInt(256),
            id,
            type(random));
    if (updated == 0) {
      throw new Abandoned("no such facility");
    }
    return 0;
  }

  private static long updateLocation(Session session, SplittableRandom random) throws SQLException {
    session.update(
        "update subscriber set vlr_location = ? where sub_nbr = ?",
        random.nextInt(Integer.MAX_VALUE),
        number(id(random)));
    return 0;
  }

  private static long insertCallForwarding(Session session, SplittableRandom random)
      throws SQLException {
    int id = byNumber(session, id(random));
    session.rows(1, FACILITIES, id);
    int start = random.nextInt(3) * 8;
    return session.update(
        "insert into call_forwarding (s_id, sf_type, start_time, end_time, numberx) values (?, ?,"
            + " ?, ?, ?)",
        id,
        type(random),
        start,
        start + 1 + random.nextInt(8),
        number(id(random)));
  }

  private static long deleteCallForwarding(Session session, SplittableRandom random)
      throws SQLException {
    return -session.update(
        "delete from call_forwarding where s_id = ? and sf_type = ? and start_time = ?",
        byNumber(session, id(random)),
        type(random),
        random.nextInt(3) * 8);
  }

  private static int byNumber(Session session, int id) throws SQLException {
    int found = Session.integer(session.row(1, BY_NUMBER, number(id))[0]);
    Session.require(found == id, "another number's subscriber");
    return found;
  }

  private static int id(SplittableRandom random) {
    return NonUniform.next(random, SPREAD, 1, SUBSCRIBERS);
  }

  private static int type(SplittableRandom random) {
    return 1 + random.nextInt(4);
  }

  private static String number(int id) {
    return String.format("%015d", id);
  }
}
