package dev.larder.benchmarks.workload;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * SEATS of OLTP-Bench (Stonebraker and Pavlo): customers of airlines look for flights and open
 * seats, and book, change and cancel reservations. Safe for use by several threads.
 *
 * <p>As published: statements, mix, 150 seats a flight, seats to be booked are those that a client
 * has found open, half of the bookings are changed and half are cancelled later, a fifth of the
 * customers are found by their number as a text, a quarter of the searches include airports nearby.
 * Smaller: 2,000 flights between 100 airports with 30 reservations each, 10,000 customers, and
 * fewer attributes that nobody reads. Otherwise: airports are drawn by a Zipf distribution instead
 * of the histogram of flights of the United States.
 */
final class Seats implements PublishedWorkload {
  private static final int AIRPORTS = 100;
  private static final int AIRLINES = 20;
  private static final int CUSTOMERS = 10_000;
  private static final int FLIGHTS = 2_000;
  private static final int SEATS = 150;
  private static final int RESERVED = 30;
  private static final int DAYS = 50;
  private static final int REMEMBERED = 1_000;
  private static final LocalDateTime FIRST_DAY = LocalDateTime.of(2026, 1, 1, 0, 0);
  private static final Zipf AIRPORT = new Zipf(AIRPORTS);

  private static final String SCHEMA =
      """
      create table country (co_id int primary key, co_name varchar(64), co_code_2 varchar(2),
        co_code_3 varchar(3));
      create table airport (ap_id int primary key, ap_code varchar(3), ap_name varchar(128),
        ap_city varchar(64), ap_longitude double precision, ap_latitude double precision,
        ap_co_id int not null);
      create table airport_distance (d_ap_id0 int not null, d_ap_id1 int not null,
        d_distance double precision not null, primary key (d_ap_id0, d_ap_id1));
      create table airline (al_id int primary key, al_iata_code varchar(3), al_name varchar(128),
        al_iattr00 bigint, al_iattr01 bigint);
      create table customer (c_id bigint primary key, c_id_str varchar(64) not null unique,
        c_base_ap_id int, c_balance numeric(12, 2), c_sattr00 varchar(32), c_sattr01 varchar(8),
        c_iattr00 bigint, c_iattr01 bigint, c_iattr10 bigint, c_iattr11 bigint);
      create table frequent_flyer (ff_c_id bigint not null, ff_al_id int not null,
        ff_c_id_str varchar(64) not null, ff_iattr00 bigint, ff_iattr01 bigint, ff_iattr10 bigint,
        primary key (ff_c_id, ff_al_id));
      create table flight (f_id bigint primary key, f_al_id int not null,
        f_depart_ap_id int not null, f_depart_time timestamp not null,
        f_arrive_ap_id int not null, f_arrive_time timestamp not null, f_base_price double precision,
        f_seats_total int not null, f_seats_left int not null);
      create index f_depart_time_idx on flight (f_depart_time);
      create table reservation (r_id bigint primary key, r_c_id bigint not null,
        r_f_id bigint not null, r_seat int not null, r_price double precision, r_iattr00 bigint,
        unique (r_f_id, r_seat), unique (r_f_id, r_c_id));
      insert into country select n, 'country ' || n, 'aa', 'aaa' from generate_series(1, 50) n;
      insert into airport
      select n, left(md5(n::text), 3), 'airport ' || n, 'city ' || n, n, n, 1 + n %% 50
      from generate_series(1, %1$d) n;
      insert into airport_distance
      select a, b, 1 + (a * 31 + b * 17) %% 1000
      from generate_series(1, %1$d) a, generate_series(1, %1$d) b where a <> b;
      insert into airline
      select n, left(md5(n::text), 2), 'airline ' || n, n, n from generate_series(1, %2$d) n;
      insert into customer
      select n, 'c' || n, 1 + n %% %1$d, 1000, md5(n::text), left(md5(n::text), 8), 0, 0, 0, 0
      from generate_series(1, %3$d) n;
      insert into frequent_flyer
      select n, 1 + (n + k) %% %2$d, 'c' || n, 0, 0, 0
      from generate_series(1, %3$d) n, generate_series(1, 3) k where k <= n %% 4;
      insert into flight
      select n, 1 + n %% %2$d, floor(exp(random() * ln(%1$d + 1)))::int, t,
        floor(exp(random() * ln(%1$d + 1)))::int, t + interval '3 hours', 100 + n %% 900, %5$d,
        %5$d - %6$d
      from (select n, timestamp '2026-01-01' + n * interval '36 minutes' t
        from generate_series(1, %4$d) n) flights;
      insert into reservation
      select (f - 1) * %6$d + k, 1 + (f * 97 + k * 311) %% %3$d, f, k * 5, 100 + k, 0
      from generate_series(1, %4$d) f, generate_series(0, %6$d - 1) k;
      """
          .formatted(AIRPORTS, AIRLINES, CUSTOMERS, FLIGHTS, SEATS, RESERVED);

  private static final String NEARBY =
      "select * from airport_distance where d_ap_id0 = ? and d_distance <= ? order by d_distance";
  private static final String FOUND =
      "select f_id, f_al_id, f_seats_left, f_depart_ap_id, f_depart_time, f_arrive_ap_id,"
          + " f_arrive_time, al_name, al_iattr00, al_iattr01 from flight, airline where"
          + " f_depart_ap_id = ? and f_depart_time >= ? and f_depart_time <= ? and f_al_id = al_id"
          + " and f_arrive_ap_id in (";
  private static final String AIRPORT_INFO =
      "select ap_code, ap_name, ap_city, ap_longitude, ap_latitude, co_id, co_name, co_code_2,"
          + " co_code_3 from airport, country where ap_id = ? and ap_co_id = co_id";
  private static final String FLIGHT =
      "select f_id, f_al_id, f_depart_ap_id, f_depart_time, f_arrive_ap_id, f_arrive_time,"
          + " f_base_price, f_seats_total, f_seats_left, (f_base_price + (f_base_price * (1 -"
          + " (f_seats_left / f_seats_total)))) as f_price from flight where f_id = ?";
  private static final String RESERVED_SEATS =
      "select r_id, r_f_id, r_seat from reservation where r_f_id = ?";
  private static final String CUSTOMERS_RESERVATION =
      "select c_sattr00, c_iattr00, f_seats_left, r_id, r_seat, r_price, r_iattr00 from customer,"
          + " flight, reservation where c_id = ? and c_id = r_c_id and f_id = ? and f_id = r_f_id";

  /** A seat of a customer on a flight. */
  private record Booking(long flight, long customer, int seat) {}

  private final AtomicLong reservations = new AtomicLong(FLIGHTS * (long) RESERVED);
  private final Queue<Booking> open = new ConcurrentLinkedQueue<>();
  private final Queue<Booking> toChange = new ConcurrentLinkedQueue<>();
  private final Queue<Booking> toCancel = new ConcurrentLinkedQueue<>();
  private final List<TransactionType> types =
      List.of(
          new TransactionType("DeleteReservation", 10, this::deleteReservation),
          new TransactionType("FindFlights", 10, Seats::findFlights),
          new TransactionType("FindOpenSeats", 35, this::findOpenSeats),
          new TransactionType("NewReservation", 20, this::newReservation),
          new TransactionType("UpdateCustomer", 10, Seats::updateCustomer),
          new TransactionType("UpdateReservation", 15, this::updateReservation));

  @Override
  public String name() {
    return "seats";
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
    return "select count(*) from reservation";
  }

  @Override
  public List<Invariant> invariants() {
    return List.of(
        new Invariant(
            "seats left and seats taken are all seats",
            "select count(*) from flight where f_seats_total - f_seats_left <> (select count(*)"
                + " from reservation where r_f_id = f_id)"));
  }

  private static long findFlights(Session session, SplittableRandom random) throws SQLException {
    int depart = AIRPORT.next(random);
    List<Object> parameters = new ArrayList<>();
    LocalDateTime day = FIRST_DAY.plusDays(random.nextInt(DAYS));
    parameters.add(depart);
    parameters.add(Timestamp.valueOf(day));
    parameters.add(Timestamp.valueOf(day.plusDays(2)));
    parameters.add(AIRPORT.next(random));
    if (random.nextInt(4) == 0) {
      List<@Nullable Object[]> nearby =
          session.rows(3, NEARBY, depart, new double[] {5, 10, 25, 50, 100}[random.nextInt(5)]);
      nearby.stream().limit(2).forEach(row -> parameters.add(Session.integer(row[1])));
    }
    String list = "?, ".repeat(parameters.size() - 4) + "?)";
    for (@Nullable Object[] flight : session.rows(10, FOUND + list, parameters.toArray())) {
      session.row(9, AIRPORT_INFO, Session.integer(flight[3]));
      session.row(9, AIRPORT_INFO, Session.integer(flight[5]));
    }
    return 0;
  }

  private long findOpenSeats(Session session, SplittableRandom random) throws SQLException {
    long id = flight(random);
    session.row(10, FLIGHT, id);
    boolean[] taken = new boolean[SEATS];
    session.rows(3, RESERVED_SEATS, id).forEach(row -> taken[Session.integer(row[2])] = true);
    int seat = random.nextInt(SEATS);
    for (int i = 0; i < SEATS && open.size() < REMEMBERED; i++) {
      if (!taken[(seat + i) % SEATS]) {
        open.add(new Booking(id, customer(random), (seat + i) % SEATS));
        break;
      }
    }
    return 0;
  }

  private long newReservation(Session session, SplittableRandom random) throws SQLException {
    Booking found = open.poll();
    Booking booking =
        found != null
            ? found
            : new Booking(flight(random), customer(random), random.nextInt(SEATS));
    @Nullable Object[] flight =
        session.row(
            7,
            "select f_al_id, f_seats_left, airline.* from flight, airline where f_id = ? and"
                + " f_al_id = al_id",
            booking.flight());
    free(session, booking);
    session.row(
        3,
        "select c_base_ap_id, c_balance, c_sattr00 from customer where c_id = ?",
        booking.customer());
    session.update(
        "insert into reservation (r_id, r_c_id, r_f_id, r_seat, r_price, r_iattr00) values (?, ?,"
            + " ?, ?, ?, ?)",
        reservations.getAndIncrement(),
        booking.customer(),
        booking.flight(),
        booking.seat(),
        100.0 + random.nextInt(900),
        random.nextLong(1_000));
    session.update(
        "update flight set f_seats_left = f_seats_left - 1 where f_id = ?", booking.flight());
    session.update(
        "update customer set c_iattr10 = c_iattr10 + 1, c_iattr11 = c_iattr11 + 1 where c_id = ?",
        booking.customer());
    session.update(
        "update frequent_flyer set ff_iattr10 = ff_iattr10 + 1 where ff_c_id = ? and ff_al_id = ?",
        booking.customer(),
        Session.integer(flight[0]));
    (random.nextBoolean() ? toChange : toCancel).add(booking);
    return 1;
  }

  /* Neither is the seat taken, nor does the customer have another one. */
  private static void free(Session session, Booking booking) throws SQLException {
    String seat = "select r_id from reservation where r_f_id = ? and r_seat = ?";
    String customer = "select r_id from reservation where r_f_id = ? and r_c_id = ?";
    if (!session.rows(1, seat, booking.flight(), booking.seat()).isEmpty()
        || !session.rows(1, customer, booking.flight(), booking.customer()).isEmpty()) {
      throw new Abandoned("the seat is taken");
    }
  }

  private long deleteReservation(Session session, SplittableRandom random) throws SQLException {
    Booking booked = toCancel.poll();
    Booking booking = booked != null ? booked : early(random);
    byText(session, random, booking.customer());
    @Nullable Object[] row =
        session.row(7, CUSTOMERS_RESERVATION, booking.customer(), booking.flight());
    int deleted =
        session.update(
            "delete from reservation where r_id = ? and r_c_id = ? and r_f_id = ?",
            Session.number(row[3]),
            booking.customer(),
            booking.flight());
    if (deleted == 0) {
      throw new Abandoned("cancelled by another");
    }
    session.update(
        "update flight set f_seats_left = f_seats_left + 1 where f_id = ?", booking.flight());
    session.update(
        "update customer set c_balance = c_balance - ?, c_iattr00 = ?, c_iattr10 = c_iattr10 - 1"
            + " where c_id = ?",
        100,
        Session.number(row[1]) + 1,
        booking.customer());
    return -1;
  }

  private long updateReservation(Session session, SplittableRandom random) throws SQLException {
    Booking booked = toChange.poll();
    Booking booking = booked != null ? booked : early(random);
    int seat = random.nextInt(SEATS);
    String taken = "select r_id from reservation where r_f_id = ? and r_seat = ?";
    if (!session.rows(1, taken, booking.flight(), seat).isEmpty()) {
      throw new Abandoned("the seat is taken");
    }
    String own = "select r_id from reservation where r_f_id = ? and r_c_id = ?";
    session.update(
        "update reservation set r_seat = ?, r_iattr00 = ? where r_id = ? and r_c_id = ? and r_f_id"
            + " = ?",
        seat,
        random.nextLong(1_000),
        Session.number(session.row(1, own, booking.flight(), booking.customer())[0]),
        booking.customer(),
        booking.flight());
    toCancel.add(booking);
    return 0;
  }

  private static long updateCustomer(Session session, SplittableRandom random) throws SQLException {
    long customer = customer(random);
    byText(session, random, customer);
    @Nullable Object[] row = session.row(10, "select * from customer where c_id = ?", customer);
    Session.require(Session.number(row[0]) == customer, "another customer");
    session.row(
        11,
        "select * from airport, country where ap_id = ? and ap_co_id = co_id",
        Session.integer(row[2]));
    if (random.nextInt(4) == 0) {
      session.rows(6, "select * from frequent_flyer where ff_c_id = ?", customer);
      session.update(
          "update frequent_flyer set ff_iattr00 = ?, ff_iattr01 = ? where ff_c_id = ?",
          random.nextLong(1_000),
          random.nextLong(1_000),
          customer);
    }
    session.update(
        "update customer set c_iattr00 = ?, c_iattr01 = ? where c_id = ?",
        random.nextLong(1_000),
        random.nextLong(1_000),
        customer);
    return 0;
  }

  private static void byText(Session session, SplittableRandom random, long customer)
      throws SQLException {
    if (random.nextInt(5) == 0) {
      String sql = "select c_id from customer where c_id_str = ?";
      Session.require(
          Session.number(session.row(1, sql, "c" + customer)[0]) == customer, "another customer");
    }
  }

  /* One of those that were there before anybody came; it may be gone. */
  private static Booking early(SplittableRandom random) {
    long flight = flight(random);
    int k = random.nextInt(RESERVED);
    return new Booking(flight, 1 + (flight * 97 + k * 311L) % CUSTOMERS, k * 5);
  }

  private static long flight(SplittableRandom random) {
    return 1L + random.nextInt(FLIGHTS);
  }

  private static long customer(SplittableRandom random) {
    return 1L + random.nextInt(CUSTOMERS);
  }
}
