package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A write forgets the answers that its rows and columns have a part in, and spares the others where
 * that can be proven.
 */
final class RowCellsTest {

  private LarderDataSource larder;
  private DataSource direct;

  @BeforeEach
  void tables(TestDatabase database) {
    database.execute(
        "create table orders (id bigint primary key, customer int, status varchar(30), total int)",
        "create table item (id int primary key, order_id bigint, name varchar(30))",
        "insert into orders values (1, 10, 'new', 5), (2, 10, 'new', 6), (3, 20, 'paid', 7)",
        "insert into item values (100, 1, 'a'), (101, 1, 'b'), (102, 2, 'c')");
    direct = database.dataSource();
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    larder = LarderDataSource.wrap(direct, settings);
  }

  @AfterEach
  void close() {
    larder.close();
  }

  private static final String BY_ID = "select * from orders where id = ?";
  private static final String BY_CUSTOMER = "select * from orders where customer = ? order by id";
  private static final String TOTALS = "select id, total from orders order by id";
  private static final String JOINED =
      "select i.name, o.status from orders o join item i on i.order_id = o.id where o.id = ?"
          + " order by i.id";

  @EachDatabase
  void anUpdateOfOneRowSparesTheOthers(TestDatabase database) throws SQLException {
    String update = "update orders set status = ? where id = ?";
    spares(read(BY_ID, 2L), write(update, "paid", 1L));
    spares(read("select * from orders where id = 2"), write(update, "paid", 1L));
    spares(read(BY_ID, 2L), write("update orders set status = 'sent' where id = 1"));
    spares(read("select * from orders where id in (2, 3)"), write(update, "old", 1L));
    forgets(read(BY_ID, 1L), write(update, "lost", 1));
    forgets(read("select * from orders where id in (1, 3)"), write(update, "found", 1L));
    forgets(read("select count(*) from orders where status = 'x'"), write(update, "x", 1L));
    forgets(read(BY_ID, 1L), write("update orders set status = 'y' where id = 0 + 1"));
    forgets(read(BY_ID, 1L), write("update orders set status = 'z' where id = 3 or id = 1"));
    forgets(read(BY_ID, 1L), write("update orders set status = 'q' where not id = 2"));
    forgets(read(BY_CUSTOMER, 10), write(update, "by id", 1L));
  }

  @EachDatabase
  void aRowThatMovesIsForgottenWhereItWasAndWhereItGoes(TestDatabase database) throws SQLException {
    String move = "update orders set customer = ? where customer = ?";
    spares(read(BY_CUSTOMER, 10), write(move, 30, 20));
    forgets(read(BY_CUSTOMER, 30), write(move, 40, 30));
    forgets(read(BY_CUSTOMER, 50), write(move, 50, 40));
    forgets(read(BY_CUSTOMER, 50), write("update orders set customer = 60 where id = 3"));
    forgets(read(BY_CUSTOMER, 70), write("update orders set customer = customer + 10"));
    forgets(read(BY_ID, 4L), write("update orders set id = id + 1 where id = ?", 3L));
  }

  @EachDatabase
  void anInsertTouchesItsOwnValuesOnly(TestDatabase database) throws SQLException {
    String insert = "insert into orders (id, customer, status, total) values (?, ?, 'new', 1)";
    spares(read(BY_CUSTOMER, 10), write(insert, 4L, 20));
    spares(read(BY_ID, 1L), write(insert, 5L, 10));
    forgets(read(BY_CUSTOMER, 10), write(insert, 6L, 10));
    forgets(read(BY_ID, 7L), write(insert, 7, 10));
    forgets(
        read(BY_CUSTOMER, 10),
        write(
            "insert into orders (id, customer, total) values (8, 20, 1), (9, 10, 1), (10, 5 * 2,"
                + " 1)"));
    forgets(read(BY_CUSTOMER, 10), write("insert into orders select 11, 10, 'copied', 1"));
    forgets(read(BY_CUSTOMER, 10), write("insert into orders values (12, 10, 'unnamed', 1)"));
  }

  @EachDatabase
  void aDeleteTouchesTheRowsItNames(TestDatabase database) throws SQLException {
    spares(read(BY_ID, 1L), write("delete from orders where id = ?", 3L));
    spares(read(BY_CUSTOMER, 10), write("delete from orders where customer = 20"));
    forgets(read(BY_CUSTOMER, 10), write("delete from orders where id = 2"));
    forgets(read(BY_ID, 1L), write("delete from orders where customer = 10"));
  }

  @EachDatabase
  void anAssignmentSparesWhoDoesNotReadTheColumn(TestDatabase database) throws SQLException {
    String status = "update orders set status = 'seen'";
    spares(read(TOTALS), write(status));
    spares(read("select sum(total), count(*) from orders"), write(status + " where id = 1"));
    spares(read("select o.total from orders o where o.customer = ?", 10), write(status));
    forgets(read(TOTALS), write("update orders set total = total + 1"));
    forgets(read("select total from orders order by status, id"), write(status));
    forgets(read("select * from orders"), write("update orders set status = 'star'"));
    forgets(read("select o.* from orders o"), write("update orders set status = 'dot star'"));
    forgets(
        read("select count(*) from orders where status = 'w'"),
        write("update orders set status = 'w'"));
    forgets(read(TOTALS), write("delete from orders where id = 3"));
    if (database.product() == Product.POSTGRESQL) {
      forgets(
          read("select md5(o::text) from orders o order by 1"),
          write("update orders set status = 'whole row'"));
      database.execute(
          "create function label(o orders) returns text language sql immutable"
              + " as 'select o.status || o.id'");
      restart();
      forgets(
          read("select o.label from orders o order by 1"),
          write("update orders set status = 'as if a column'"));
    }
  }

  /** What a name without a qualifier means is the catalogue's to say. */
  @EachDatabase
  void aJoinByNamesWithoutQualifiersSparesOtherRows(TestDatabase database) throws SQLException {
    for (String joined :
        List.of(
            "select name, status from orders o, item i where order_id = o.id and order_id = ?",
            "select name, status from orders o join item i on order_id = o.id where order_id = ?",
            "select name, status from item, orders where orders.id = ? and order_id = orders.id",
            "select name from item i where exists"
                + " (select 1 from orders o, item j where order_id = o.id and order_id = ?)"
                + " and order_id = 1")) {
      spares(read(joined, 1L), write("update orders set id = 2, status = 'x' where id = 2"));
      forgets(read(joined, 1L), write("update orders set id = 1, status = 'y' where id = 1"));
      spares(read(joined, 1L), write("update item set order_id = 2 where order_id = 2"));
      forgets(read(joined, 1L), write("update item set order_id = 1 where order_id = 1"));
    }
  }

  @EachDatabase
  void aNameThatTwoTablesCouldMeanFindsNoRows(TestDatabase database) throws SQLException {
    // The same in both tables, so that the answer is one either way.
    boolean isAmbiguous = database.product() == Product.H2;
    String merged =
        "select name from orders join item using (id) where "
            + (isAmbiguous ? "item." : "")
            + "id = ?";
    database.execute("insert into item values (3, 2, 'd')");
    forgets(read(merged, 3L), write("update item set name = 'e' where id = 3"));
    forgets(read(merged, 3L), write("update orders set id = 4 where id = 3"));
    String derived =
        "select name from item, (select id as o from orders where customer = 10) d"
            + " where order_id = o and o = ?";
    forgets(read(derived, 1L), write("update item set name = 'f' where order_id = 1"));
    forgets(read(derived, 1L), write("update orders set customer = 11 where id = 1"));
  }

  @EachDatabase
  void aJoinDependsOnTheRowsThatCanMeet(TestDatabase database) throws SQLException {
    spares(read(JOINED, 1L), write("update item set name = 'x' where order_id = 2"));
    spares(read(JOINED, 1L), write("insert into item (id, order_id, name) values (103, 2, 'd')"));
    spares(read(JOINED, 1L), write("update orders set status = 'x' where id = 2"));
    forgets(read(JOINED, 1L), write("update item set name = 'y' where order_id = 1"));
    forgets(read(JOINED, 1L), write("update item set order_id = 1 where order_id = 2"));
    forgets(read(JOINED, 1L), write("update orders set status = 'y' where id = 1"));
    forgets(read(JOINED, 1L), write("delete from item where id = 100"));
    String left =
        "select o.id, i.name from orders o left join item i on i.order_id = o.id and i.name = 'n'"
            + " where o.id = ?";
    forgets(read(left, 3L), write("insert into item (id, order_id, name) values (104, 3, 'n')"));
    spares(read(left, 3L), write("insert into item (id, order_id, name) values (105, 2, 'n')"));
    String right =
        "select o.id, i.name from orders o right join item i on i.order_id = o.id where i.id = 105";
    forgets(read(right), write("update orders set id = 9 where id = 2"));
  }

  @EachDatabase
  void anAssignmentToARowThatIsNotShownIsSpared(TestDatabase database) throws SQLException {
    String page =
        "select id, status, total from orders where customer = ? order by status, id limit 2";
    String total = "update orders set total = total + 1 where id = ?";
    spares(read(page, 10), write(total, 3L));
    forgets(read(page, 10), write(total, 2L));
    spares(read(page, 10), write("update orders set total = 1 where id in (3, 4)"));
    forgets(read(page, 10), write("update orders set total = 2 where id in (3, 2)"));
    forgets(read(page, 10), write("update orders set total = 3 where id + 0 = 3"));
    forgets(read(page, 10), write("update orders set status = 'sorts' where id = 3"));
    forgets(read(page, 10), write("update orders set customer = 10 where id = 3"));
    forgets(read(page, 10), write("update orders set id = 5 where id = 2"));
    forgets(read(page, 10), write("delete from orders where id = 5"));
    forgets(read(page, 10), write("insert into orders values (6, 10, 'a', 1)"));
    spares(read(page, 10), write("insert into orders (id, customer) values (7, 20)"));
    for (String rows :
        List.of(
            "select * from orders where customer = 10 order by id",
            "select o.* from orders o where o.customer = 10 order by o.id",
            "select o.total, o.id from orders o where o.status <> 'x' order by o.id")) {
      spares(read(rows), write(total, 8L));
      forgets(read(rows), write(total, 6L));
    }
    forgets(read("select * from orders where id < 100"), write(total, 6L));
  }

  @EachDatabase
  void onlyPlainRowsAreKnownAgain(TestDatabase database) throws SQLException {
    String total = "update orders set total = total + 1 where id = 3";
    for (String rows :
        List.of(
            "select id, total from orders where customer = 10 order by 2",
            "select id, total from orders where customer = 10 order by total",
            "select id, total as id2 from orders where customer = 10 order by id2",
            "select id from orders where customer = 10 and total < 100",
            "select max(total), min(id) from orders",
            "select distinct total from orders where customer in (10, 20)",
            "select id, (select sum(x.total) from orders x) from orders where customer = 10",
            "select customer, total from orders where status is not null",
            "select id, total from orders where customer = 10 union select id, total from orders",
            "select id, status from orders where id in (select max(total) from orders)")) {
      forgets(read(rows), write(total));
    }
    if (!database.product().speaksMySql()) {
      forgets(
          read("select id, sum(total) over (order by id desc) from orders where status = 'new'"),
          write("update orders set total = 4 where id = 1"));
    } else {
      forgets(
          read(
              (database.product() == Product.MYSQL ? "select max(id)" : "select id")
                  + ", count(*), sum(total) from orders"),
          write(total));
    }
  }

  @EachDatabase
  void everyMentionOfATableCounts(TestDatabase database) throws SQLException {
    forgets(
        read("select (select count(*) from orders) from orders where id = 1"),
        write("insert into orders (id, customer) values (30, 1)"));
    forgets(
        read("select id from orders where id = 1 union select id from orders where id = 2"),
        write("delete from orders where id = 2"));
    forgets(
        read("select a.id from orders a, orders b where a.id = 1 and b.customer = 10"),
        write("update orders set customer = 11 where id = 1"));
    forgets(
        read("select id from item where order_id in (select id from orders where customer = 10)"),
        write("insert into item (id, order_id) values (110, 1)"));
    spares(
        read("select id from orders where id = 1 union all select id from orders where id = 3"),
        write("update orders set total = 0 where id = 30"));
  }

  @EachDatabase
  void whatFollowsFromAWriteIsNotNarrowed(TestDatabase database) throws SQLException {
    database.execute(
        "create table note (id int primary key, item_id int, constraint f foreign key (item_id)"
            + " references item (id) on delete cascade)",
        "insert into note values (1, 100), (2, 101)");
    String note = "select * from note where id = ?";
    forgets(read(note, 1), write("delete from item where id = 100"));
    spares(read(note, 2), write("delete from item where id = 102"), false);
    if (database.product() == Product.POSTGRESQL) {
      database.execute(
          "create function move() returns trigger language plpgsql as"
              + " 'begin new.customer := 99; return new; end'",
          "create trigger moves before insert on orders for each row execute function move()");
      restart();
      forgets(read(BY_CUSTOMER, 99), write("insert into orders (id, customer) values (40, 1)"));
    }
  }

  @EachDatabase
  void aTransactionAndABatchAreTheSumOfTheirStatements(TestDatabase database) throws SQLException {
    long hits = larder.statistics().hits();
    try (Connection writer = larder.getConnection()) {
      writer.setAutoCommit(false);
      List<String> first = read(BY_ID, 1L).rows(larder);
      assertThat(first).hasSize(1);
      try (PreparedStatement update =
          writer.prepareStatement("update orders set total = ? where id = ?")) {
        for (int id = 1; id < 3; id++) {
          update.setInt(1, 50);
          update.setInt(2, id);
          update.addBatch();
        }
        update.executeBatch();
      }
      read(BY_ID, 3L).rows(larder);
      writer.commit();
    }
    for (long id = 1; id < 4; id++) {
      assertThat(read(BY_ID, id).rows(larder)).isEqualTo(read(BY_ID, id).rows(direct));
    }
    assertThat(larder.statistics().hits() - hits).isEqualTo(1);
  }

  @EachDatabase
  void aValueThatTheDatabaseConvertsFirstIsAnyValue(TestDatabase database) throws SQLException {
    if (database.product() != Product.POSTGRESQL) {
      forgets(read(BY_ID, 1L), write("update orders set total = 70 where id = '1'"));
      forgets(read(BY_ID, 1L), write("update orders set total = 71 where id = ?", "1"));
      forgets(read(BY_ID, "1"), write("update orders set total = 72 where id = 1"));
    }
    forgets(read(BY_ID, 1L), write("update orders set total = 73 where id = 1.0"));
    forgets(
        read("select * from orders where status = 'NEW '"),
        write("update orders set status = 'NEW ' where id = 1"));
    if (database.product().speaksMySql()) {
      forgets(
          read("select * from orders where status = 'other'"),
          write("insert into orders (id, status) values (50, 'OTHER')"));
      database.execute("create table small (id int primary key, n tinyint)");
      restart();
      try (Connection loose = larder.getConnection()) {
        loose.createStatement().execute("set sql_mode = ''");
        List<String> none = read("select * from small where n = 127").rows(larder);
        assertThat(none).isEmpty();
        loose.createStatement().executeUpdate("insert into small (id, n) values (1, 300)");
        assertThat(read("select * from small where n = 127").rows(larder)).hasSize(1);
      }
    }
  }

  @EachDatabase
  void aHookNamesRows(TestDatabase database) throws SQLException {
    List<String> before = read(BY_ID, 1L).rows(larder);
    read(BY_ID, 2L).rows(larder);
    database.execute("update orders set status = 'elsewhere' where id = 1");
    long hits = larder.statistics().hits();
    larder.invalidation().rows("orders", "id", 2);
    assertThat(read(BY_ID, 1L).rows(larder)).isEqualTo(before);
    assertThat(larder.statistics().hits()).isEqualTo(hits + 1);
    read(BY_ID, 2L).rows(larder);
    for (Object one : new Object[] {1, "1", 1L}) {
      larder.invalidation().rows("orders", "id", one);
      assertThat(read(BY_ID, 1L).rows(larder)).isEqualTo(read(BY_ID, 1L).rows(direct));
    }
    assertThat(read(BY_ID, 2L).rows(larder)).isEqualTo(read(BY_ID, 2L).rows(direct));
    assertThat(larder.statistics().hits()).isEqualTo(hits + 2);
    larder.invalidation().rows("orders", "status", "x");
    larder.invalidation().rows("orders", "no such column", "x");
    read(BY_ID, 2L).rows(larder);
    assertThat(larder.statistics().hits()).isEqualTo(hits + 2);
  }

  /** Forgets what the catalogue was. */
  private void restart() {
    larder.invalidation().everything();
  }

  private void spares(Read read, Write write) throws SQLException {
    spares(read, write, true);
  }

  private void spares(Read read, Write write, boolean expected) throws SQLException {
    assertThat(isAnsweredFromMemoryAfter(read, write))
        .as("%s after %s", read, write)
        .isEqualTo(expected);
  }

  private void forgets(Read read, Write write) throws SQLException {
    assertThat(isAnsweredFromMemoryAfter(read, write)).as("%s after %s", read, write).isFalse();
  }

  private boolean isAnsweredFromMemoryAfter(Read read, Write write) throws SQLException {
    read.rows(larder);
    long warm = larder.statistics().hits();
    read.rows(larder);
    assertThat(larder.statistics().hits()).as("%s is kept", read).isEqualTo(warm + 1);
    try (Connection connection = larder.getConnection();
        PreparedStatement statement = prepared(connection, write.sql(), write.parameters())) {
      assertThat(statement.executeUpdate()).isNotNegative();
    }
    long hits = larder.statistics().hits();
    List<String> rows = read.rows(larder);
    assertThat(rows).as("%s after %s", read, write).isEqualTo(read.rows(direct));
    return larder.statistics().hits() > hits;
  }

  private static Read read(String sql, Object... parameters) {
    return new Read(sql, parameters);
  }

  private static Write write(String sql, Object... parameters) {
    return new Write(sql, parameters);
  }

  private record Write(String sql, Object[] parameters) {
    @Override
    public String toString() {
      return sql;
    }
  }

  private record Read(String sql, Object[] parameters) {
    List<String> rows(DataSource dataSource) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = prepared(connection, sql, parameters);
          ResultSet result = statement.executeQuery()) {
        List<String> rows = new ArrayList<>();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          StringBuilder row = new StringBuilder();
          for (int i = 1; i <= columns; i++) {
            row.append(result.getString(i)).append('|');
          }
          rows.add(row.toString());
        }
        return rows;
      }
    }

    @Override
    public String toString() {
      return sql;
    }
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
