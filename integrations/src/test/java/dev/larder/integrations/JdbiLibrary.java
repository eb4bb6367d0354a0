package dev.larder.integrations;

import dev.larder.testkit.Product;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/** Jdbi, by its fluent interface. */
final class JdbiLibrary implements Library {

  private static final String ALL = "select id, title, price from book order by id";

  private final Jdbi jdbi;

  JdbiLibrary(DataSource dataSource, Product product) throws SQLException {
    Shop.open(dataSource);
    jdbi = Jdbi.create(dataSource);
  }

  private <T> Step reading(String what, HandleCallback<T, SQLException> use) {
    return Step.read(what, () -> jdbi.withHandle(use));
  }

  @Override
  public List<Step> steps() {
    return List.of(
        reading(
            "a row by its key",
            handle ->
                handle
                    .createQuery("select title from book where id = :id")
                    .bind("id", 1)
                    .mapTo(String.class)
                    .one()),
        Step.read(
            "the same in a transaction",
            () ->
                jdbi.inTransaction(
                    handle ->
                        handle
                            .select("select title from book where id = ?", 2)
                            .mapTo(String.class)
                            .one())),
        reading("rows as maps", handle -> handle.createQuery(ALL).mapToMap().list()),
        reading(
            "an `OffsetDateTime`",
            handle ->
                handle
                    .createQuery("select printed from book order by id")
                    .mapTo(OffsetDateTime.class)
                    .list()),
        reading(
            "`bindList` in an IN list",
            handle ->
                handle
                    .createQuery("select title from book where id in (<ids>) order by id")
                    .bindList("ids", 1, 3)
                    .mapTo(String.class)
                    .list()),
        reading("a stream with a `fetchSize`", JdbiLibrary::streamed),
        reading(
            "`FOR UPDATE`",
            handle ->
                handle
                    .createQuery("select price from book where id = 1 for update")
                    .mapTo(BigDecimal.class)
                    .list()),
        Step.write(
            "an insert with `executeAndReturnGeneratedKeys`",
            () ->
                jdbi.withHandle(
                    handle ->
                        handle
                            .createUpdate(
                                "insert into book (title, price, printed)"
                                    + " select 'Algae', 1, printed from book where id = 1")
                            .executeAndReturnGeneratedKeys("id")
                            .mapTo(Long.class)
                            .list())),
        Step.write(
            "a prepared batch in a transaction, then a read in it",
            () ->
                jdbi.inTransaction(
                    handle -> {
                      int[] counts =
                          handle
                              .prepareBatch("update book set price = price + :more where id = :id")
                              .bind("more", 1)
                              .bind("id", 1)
                              .add()
                              .bind("more", 2)
                              .bind("id", 2)
                              .add()
                              .execute();
                      return Arrays.toString(counts) + handle.createQuery(ALL).mapToMap().list();
                    })),
        reading("what was read before the writes", h -> h.createQuery(ALL).mapToMap().list()));
  }

  private static List<String> streamed(Handle handle) {
    try (Stream<String> stream =
        handle
            .createQuery("select title from book order by id")
            .setFetchSize(2)
            .mapTo(String.class)
            .stream()) {
      return stream.toList();
    }
  }
}
