package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;

/**
 * What a foreign key deletes with a row is deleted where it references that row, and nowhere else,
 * as far as nothing but foreign keys deletes it.
 */
final class RowsOfCascadesTest {

  private static final String NINE = "delete from account where id = 9";
  private static final String ONE = "delete from account where id = 1";

  @SuppressWarnings("NullAway.Init") // null before a test has started one
  private Compared compared;

  @AfterEach
  void close() {
    if (compared != null) {
      compared.close();
    }
  }

  private void start(TestDatabase database) {
    if (compared != null) {
      compared.close();
    }
    compared = new Compared(database);
  }

  private static void accounts(TestDatabase database) {
    database.execute(
        "create table account (id int primary key, name varchar(10), code int not null unique)",
        "insert into account values (1, 'a', 10), (2, 'b', 20), (9, 'z', 90)");
  }

  private static void orders(TestDatabase database) {
    accounts(database);
    database.execute(
        "create table orders (id int primary key, account int, n int,"
            + " foreign key (account) references account (id) on delete cascade)",
        "create table line (id int primary key, orders int, n int,"
            + " foreign key (orders) references orders (id) on delete cascade)",
        "insert into orders values (11, 1, 1), (12, 1, 2), (21, 2, 3), (91, 9, 4), (99, null, 5)",
        "insert into line values (111, 11, 1), (112, 12, 2), (211, 21, 3), (911, 91, 4)");
  }

  @EachDatabase
  void rowsThatReferenceTheDeletedOne(TestDatabase database) throws SQLException {
    orders(database);
    start(database);
    String ofOne = "select n from orders where account = 1";
    keeps(ofOne, NINE);
    keeps(ofOne, "delete from account where id in (2, 9)");
    forgets(ofOne, ONE);
    database.execute("insert into account values (1, 'a', 10)", "delete from line");
    database.execute("insert into orders values (11, 1, 1), (12, 1, 2)");
    start(database);
    // Which rows have another column's value is not told, nor which account has that name.
    forgets("select n from orders where id = 99", "delete from account where id = 8");
    forgets("select n from orders where n > 4", "delete from account where id = 8");
    forgets(ofOne, "delete from account where name = 'q'");
    forgets(ofOne, "delete from account where id > 7");
    forgets(ofOne, "delete from account where name = 'a'");
    assertThat(compared.larder.explain(NINE).toString())
        .containsIgnoringCase("orders the rows with that account");
  }

  @EachDatabase
  void rowsOfThoseRows(TestDatabase database) throws SQLException {
    orders(database);
    start(database);
    String ofTwelve = "select n from line where orders = 12";
    keeps(ofTwelve, "delete from orders where id = 11");
    forgets(ofTwelve, NINE);
    forgets(ofTwelve, ONE);
  }

  @EachDatabase
  void rowsThatCarryTheKeyOn(TestDatabase database) throws SQLException {
    accounts(database);
    // The referenced key has its columns in another order than the one that references it.
    database.execute(
        "create table orders (account int not null, id int not null, n int,"
            + " primary key (id, account),"
            + " foreign key (account) references account (id) on delete cascade)",
        "create table line (orders int, account int, n int,"
            + " foreign key (account, orders) references orders (account, id) on delete cascade)"
                .replace(
                    "(account, orders) references orders (account, id)",
                    database.product().speaksMySql()
                        ? "(orders, account) references orders (id, account)"
                        : "(account, orders) references orders (account, id)"),
        "insert into orders values (1, 9, 1), (2, 1, 2), (9, 2, 3), (9, 1, 4)",
        "insert into line values (9, 1, 1), (1, 2, 2), (2, 9, 3), (1, 9, 4), (1, null, 5)");
    start(database);
    keeps("select n from line where account = 1", NINE);
    database.execute("insert into account values (9, 'z', 90)");
    database.execute("insert into orders values (9, 2, 3), (9, 1, 4)");
    database.execute("insert into line values (2, 9, 3), (1, 9, 4)");
    start(database);
    forgets("select n from line where orders = 1", NINE);
    forgets("select n from line where account = 1", ONE);
    keeps("select n from line where orders = 7", "delete from orders where id = 1");
    forgets("select n from line where account = 2", "delete from orders where id = 1");
  }

  @EachDatabase
  void aKeyThatTheStatementDoesNotName(TestDatabase database) throws SQLException {
    accounts(database);
    database.execute(
        "create table coded (account int, n int,"
            + " foreign key (account) references account (code) on delete cascade)",
        "insert into coded values (10, 1), (90, 9)");
    start(database);
    String ofTen = "select n from coded where account = 10";
    forgets(ofTen, NINE);
    keeps(ofTen, "delete from account where code = 20");
    forgets(ofTen, ONE);
  }

  @EachDatabase
  void twoKeysOfOneTable(TestDatabase database) throws SQLException {
    accounts(database);
    database.execute(
        "create table transfer (giver int, taker int, n int,"
            + " foreign key (giver) references account (id) on delete cascade,"
            + " foreign key (taker) references account (id) on delete cascade)",
        "insert into transfer values (1, 2, 1), (1, 9, 2), (9, 1, 3)");
    start(database);
    forgets("select n from transfer where giver = 1", NINE);
    forgets("select n from transfer where taker = 2", ONE);
  }

  @EachDatabase
  void rowsThatAreSetToSomethingElse(TestDatabase database) throws SQLException {
    accounts(database);
    // InnoDB knows no SET DEFAULT, and references a key in its own order only.
    boolean knowsDefaults = !database.product().speaksMySql();
    database.execute(
        "create table nulled (account int, n int,"
            + " foreign key (account) references account (id) on delete set null)",
        "create table given (account int default 1, n int,"
            + " foreign key (account) references account (id) on delete "
            + (knowsDefaults ? "set default)" : "cascade)"),
        "insert into nulled values (1, 1), (9, 9)",
        "insert into given values (1, 1), (9, 9)");
    start(database);
    compared.cached("select n from nulled where account is null");
    if (knowsDefaults) {
      forgets("select n from given where account = 1", NINE);
    } else {
      compared.run(NINE);
    }
    compared.same("select n from nulled where account is null");
    database.execute("delete from given");
    compared.follows("select n from nulled where account is null", ONE.replace("1", "1 or id = 2"));
  }

  @EachDatabase
  void tablesThatComeBackToThemselves(TestDatabase database) throws SQLException {
    database.execute(
        "create table part (id int primary key, whole int,"
            + " foreign key (whole) references part (id) on delete cascade)",
        "insert into part values (1, null), (2, 1), (3, 2), (9, null)",
        "create table a (id int primary key, b int)",
        "create table b (id int primary key, a int,"
            + " foreign key (a) references a (id) on delete cascade)",
        "alter table a add foreign key (b) references b (id) on delete cascade",
        "insert into a values (1, null), (2, null), (9, null)",
        "insert into b values (1, 1), (2, 2), (9, 9)",
        "update a set b = 1 where id = 2");
    start(database);
    forgets("select id from part where whole = 2", "delete from part where id = 1");
    forgets("select id from b where a = 2", "delete from a where id = 1");
  }

  @EachDatabase(Product.POSTGRESQL)
  void whatTriggersAndRulesMakeOfIt(TestDatabase database) throws SQLException {
    orders(database);
    database.execute(
        "create function more() returns trigger language plpgsql as 'begin delete from orders where"
            + " account = 1; return null; end'",
        "create trigger more after delete on orders for each row execute function more()");
    start(database);
    forgets("select n from orders where account = 1", NINE);
    database.execute(
        "drop trigger more on orders",
        "insert into account values (9, 'z', 90)",
        "insert into orders values (11, 1, 1), (12, 1, 2), (91, 9, 4)",
        "create function once() returns trigger language plpgsql as 'begin delete from orders where"
            + " account = 1; return null; end'",
        "create trigger once after delete on account for each statement execute function once()");
    start(database);
    forgets("select n from orders where account = 1", NINE);
    database.execute(
        "drop trigger once on account",
        "insert into account values (9, 'z', 90)",
        "insert into orders values (11, 1, 1), (12, 1, 2), (91, 9, 4)",
        "create rule more as on delete to orders do also update orders set n = n + 9 where account"
            + " = 1");
    start(database);
    forgets("select n from orders where account = 1", NINE);
    database.execute("insert into account values (9, 'z', 90)");
    database.execute("insert into orders values (91, 9, 4)");
    forgets("select n from orders where id = 11", "delete from orders where id = 91");
  }

  @EachDatabase(Product.POSTGRESQL)
  void tablesThatShareTheirRows(TestDatabase database) throws SQLException {
    accounts(database);
    database.execute(
        "create table parted (account int references account (id) on delete cascade, n int)"
            + " partition by range (n)",
        "create table parted1 partition of parted for values from (0) to (5)",
        "create table parted2 partition of parted for values from (5) to (50)",
        "insert into parted values (1, 1), (1, 7), (9, 9)",
        "create table policed (account int references account (id) on delete cascade, n int)",
        "alter table policed enable row level security",
        "create policy low on policed using (n < 100)",
        "insert into policed values (1, 1), (9, 9)");
    start(database);
    forgets("select n from parted where account = 1", ONE);
    forgets("select n from parted where account = 9", NINE);
    compared.same("select n from policed where account = 1");
    compared.same("select n from policed where account = 9");
  }

  @EachDatabase
  void keysOfTexts(TestDatabase database) throws SQLException {
    database.execute(
        "create table country (code varchar(8) primary key)",
        "create table city (country varchar(8), n int,"
            + " foreign key (country) references country (code) on delete cascade)",
        "insert into country values ('de'), ('ee'), ('fr')",
        "insert into city values ('de', 1), ('ee', 2), ('fr', 3)");
    start(database);
    String german = "select n from city where country = 'de'";
    compared.cached(german);
    compared.run("delete from country where code = 'fr'");
    compared.same(german);
    compared.follows(german, "delete from country where code = 'de'");
  }

  private void keeps(String query, String write) throws SQLException {
    assertThat(compared.isSpared(query, write)).as(query + " after " + write).isTrue();
  }

  private void forgets(String query, String write) throws SQLException {
    assertThat(compared.isSpared(query, write)).as(query + " after " + write).isFalse();
  }
}
