package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Statements of MySQL and MariaDB that write, or that change what a session reads, oddly. */
final class OddStatementsOfMySqlTest {

  private static final String[] SCHEMA = {
    "create table book (id int primary key auto_increment, title varchar(40), price double,"
        + " at datetime, owner varchar(20))",
    "create table other (id int primary key auto_increment, title varchar(40), price double,"
        + " at datetime, owner varchar(20))",
    "create table part (id int primary key, title varchar(40)) partition by range (id)"
        + " (partition a values less than (10), partition b values less than (20))",
    "create table whole (id int primary key, title varchar(40))",
    "insert into book values (1, 'v1', 1, '2024-01-01 10:00:00', 'x'),"
        + " (2, 'É', 2, '2024-12-31 10:00:00', 'y')",
    "insert into other values (1, 'o1', 10, '2024-01-01 10:00:00', 'x')",
    "insert into part values (1, 'p1'), (11, 'p11')",
    "insert into whole values (2, 'w2')",
    "create view titles as select id, title from book",
    "create view both_of as select b.id, b.title, o.title as theirs from book b join other o"
        + " on o.id = b.id",
    "create procedure deep() begin declare t varchar(9) default 'deep';"
        + " begin update book set title = t where id = 1; end; end",
    "create function touch() returns int modifies sql data begin"
        + " update other set title = concat(title, '!'); return 1; end"
  };

  private static final List<String> READS =
      List.of(
          "select id, title from book order by id",
          "select id, title from other order by id",
          "select id, title from part order by id",
          "select title from part partition (a) order by id",
          "select id, title from whole order by id",
          "select id, title from titles order by id",
          "select id, title, theirs from both_of order by id",
          "select title from book where id = 1",
          "select title from other where id = 1");

  private static final List<String> WRITES =
      List.of(
          "insert into book set title = 'set', price = 3",
          "insert ignore into book (id, title) values (1, 'ignored'), (30, 'thirty')",
          "insert into book (id, title) values (1, 'dup') on duplicate key update"
              + " title = concat(values(title), touch())",
          "insert into other (title) select title from book where id = 1",
          "replace into other (id, title) select id, 'replaced' from book where id = 1",
          "update titles set title = 'by view' where id = 1",
          "update both_of set theirs = 'by join view' where id = 1",
          "update book b, other o set b.title = o.title, o.title = 'swapped' where b.id = o.id",
          "update (select 1 as n) d join book b on b.id = d.n set b.title = 'derived'",
          "update book set title = concat('t', touch()) where id = 1",
          "delete book, other from book join other using (id) where id = 30",
          "delete from o using other o join book b on b.id = o.id where b.id = 77",
          "alter table part exchange partition b with table whole without validation",
          "alter table part truncate partition a",
          "alter table book alter column price set default 7",
          "rename table book to was, other to book, was to other",
          "create table made as select title from other",
          "create or replace view titles as select id, concat(title, '?') as title from book",
          "call deep()",
          "do touch()",
          "set @n = touch()",
          "select touch() into @m",
          "set @text = 'update book set title = \\'prepared\\' where id = 1'",
          "prepare p from @text",
          "execute p",
          "deallocate prepare p",
          "handler book open",
          "handler book close",
          "lock tables book write, other write",
          "update book set title = 'locked' where id = 1",
          "unlock tables",
          "begin",
          "update book set title = 'rolled back' where id = 1",
          "savepoint s",
          "update other set title = 'saved' where id = 1",
          "rollback to s",
          "commit and chain",
          "update book set title = 'chained' where id = 1",
          "rollback and no chain",
          "/*!50000 update */ book set title = 'code' where id = 1",
          "update /*+ NO_MERGE(b) */ book b set title = 'hinted' where id = 1",
          "update book set title = 'ordered' order by id limit 1",
          "truncate other");

  private static LarderDataSource larder(TestDatabase database) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    return LarderDataSource.wrap(database.dataSource(), settings);
  }

  private static String read(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> read = new ArrayList<>();
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          read.add(rows.getString(i));
        }
      }
      return String.join("|", read.stream().map(String::valueOf).toList());
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void whatIsReadAfterAnOddWriteIsNew(TestDatabase database) throws SQLException {
    database.execute(SCHEMA);
    try (LarderDataSource larder = larder(database);
        Connection writer = larder.getConnection();
        Connection reader = larder.getConnection();
        Connection direct = database.connect()) {
      boolean locked = false;
      for (String write : WRITES) {
        if (!locked) {
          for (String query : READS) {
            read(reader, query);
          }
        }
        run(writer, write);
        locked = write.startsWith("lock") || (locked && !write.startsWith("unlock"));
        if (!locked) {
          for (String query : READS) {
            String expected = read(direct, query);
            assertThat(read(reader, query)).as("%s after %s", query, write).isEqualTo(expected);
            assertThat(read(reader, query)).as("%s after %s", query, write).isEqualTo(expected);
          }
        }
      }
      assertThat(larder.statistics().hits()).isPositive();
      assertThat(larder.statistics().failures()).isZero();
    }
  }

  private static final List<String> SETTINGS =
      List.of(
          "set names latin1",
          "set names utf8mb4 collate utf8mb4_bin",
          "set character set latin1",
          "set character_set_results = ascii",
          "set collation_connection = utf8mb4_bin",
          "set lc_time_names = 'de_DE'",
          "set div_precision_increment = 1",
          "set default_week_format = 3",
          "set group_concat_max_len = 4",
          "set sql_auto_is_null = 1",
          "set sql_select_limit = 1",
          "set sql_mode = concat(@@sql_mode, ',PIPES_AS_CONCAT')",
          "set sql_mode = 'HIGH_NOT_PRECEDENCE'",
          "set sql_mode = 'PAD_CHAR_TO_FULL_LENGTH'",
          "set session sql_mode = 'NO_UNSIGNED_SUBTRACTION'",
          "set @@sql_mode := 'ANSI'",
          "set time_zone = '+05:00'",
          "set timestamp = 1",
          "set @x = 1, sql_mode = 'ANSI_QUOTES'",
          "set block_encryption_mode = 'aes-256-cbc'",
          "set max_sort_length = 4",
          "set default_storage_engine = MyISAM",
          "set transaction_isolation = 'READ-UNCOMMITTED'",
          "set tx_isolation = 'SERIALIZABLE'",
          "set session transaction read only");

  private static final List<String> READINGS =
      List.of(
          "select date_format(at, '%W %M'), dayname(at) from book order by id",
          "select price / 3, 1 / 3 from book order by id",
          "select week(at) from book order by id",
          "select group_concat(title order by id) from book",
          "select id from book where id is null",
          "select title from book order by id",
          "select id from book where title = 'é' or title = 'V1'",
          "select 'é' = 'É', 'a' = 'A', title from book order by id",
          "select title || 'x', not 1 between -5 and 5 from book order by id",
          "select cast(1 as unsigned) - 2 < 0 or title is null from book where price < 0",
          "select \"title\" from book order by id",
          "select from_unixtime(0), title from book order by id",
          "select hex('é'), charset('x'), collation('x') from book where id = 1");

  @EachDatabase({Product.MARIADB, Product.MYSQL})
  void whatASettingChangesIsOfItsSessionOnly(TestDatabase database) throws SQLException {
    database.execute(SCHEMA);
    try (LarderDataSource larder = larder(database);
        Connection plain = larder.getConnection();
        Connection direct = database.connect()) {
      for (String setting : SETTINGS) {
        try (Connection set = larder.getConnection();
            Connection directSet = database.connect()) {
          try {
            run(directSet, setting);
          } catch (SQLException notOfThisRelease) {
            continue;
          }
          run(set, setting);
          for (String query : READINGS) {
            for (int time = 0; time < 2; time++) {
              assertThat(outcome(plain, query))
                  .as("%s beside %s", query, setting)
                  .isEqualTo(outcome(direct, query));
              assertThat(outcome(set, query))
                  .as("%s after %s", query, setting)
                  .isEqualTo(outcome(directSet, query));
            }
          }
        }
      }
      assertThat(larder.statistics().hits()).isPositive();
      assertThat(larder.statistics().failures()).isZero();
    }
  }

  private static String outcome(Connection connection, String query) {
    try {
      return read(connection, query);
    } catch (SQLException refused) {
      return "error " + refused.getErrorCode();
    }
  }
}
