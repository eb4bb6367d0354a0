package dev.larder.integrations;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;

import dev.larder.testkit.Product;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** jOOQ, without generated classes. */
final class Jooq implements Library {

  private static final Table<Record> BOOK = table(name("book"));
  private static final Table<Record> CHAPTER = table(name("chapter"));
  private static final Field<Long> ID =
      field(name("book", "id"), SQLDataType.BIGINT.identity(true));
  private static final Field<String> TITLE = field(name("book", "title"), String.class);
  private static final Field<BigDecimal> PRICE = field(name("book", "price"), BigDecimal.class);
  private static final Field<OffsetDateTime> PRINTED =
      field(name("book", "printed"), OffsetDateTime.class);
  private static final Field<Long> OF_BOOK = field(name("chapter", "book"), Long.class);
  private static final Field<String> CHAPTER_TITLE = field(name("chapter", "title"), String.class);

  private final DSLContext sql;

  Jooq(DataSource dataSource, Product product) throws SQLException {
    Shop.open(dataSource);
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    sql =
        DSL.using(
            dataSource,
            product == Product.H2 ? SQLDialect.H2 : SQLDialect.POSTGRES,
            new Settings()
                .withExecuteLogging(false)
                .withRenderQuotedNames(RenderQuotedNames.NEVER));
  }

  @Override
  public List<Step> steps() {
    return List.of(
        Step.read(
            "a row by its key", () -> sql.fetchValue(select(TITLE).from(BOOK).where(ID.eq(1L)))),
        Step.read(
            "records, an `OffsetDateTime` among them",
            () -> sql.select(ID, TITLE, PRICE, PRINTED).from(BOOK).orderBy(ID).fetch().intoMaps()),
        Step.read(
            "a join with GROUP BY",
            () ->
                sql.select(TITLE, count())
                    .from(BOOK)
                    .join(CHAPTER)
                    .on(OF_BOOK.eq(ID))
                    .groupBy(TITLE)
                    .orderBy(TITLE)
                    .fetch()
                    .intoMaps()),
        Step.read("`fetchExists`", () -> sql.fetchExists(BOOK, PRICE.gt(BigDecimal.TEN))),
        Step.read("`fetchCount`", () -> sql.fetchCount(BOOK)),
        Step.read(
            "a page by `seek`",
            () -> sql.select(TITLE).from(BOOK).orderBy(ID).seek(1L).limit(1).fetch(TITLE)),
        Step.read(
            "`multiset`",
            () ->
                sql.select(
                        TITLE,
                        multiset(select(CHAPTER_TITLE).from(CHAPTER).where(OF_BOOK.eq(ID)))
                            .convertFrom(result -> result.getValues(CHAPTER_TITLE)))
                    .from(BOOK)
                    .orderBy(ID)
                    .fetch()
                    .map(Record::toString)),
        Step.read(
            "plain SQL with `{0}`",
            () -> sql.fetchValues("select title from book where price < {0}", DSL.val(15))),
        Step.read("`fetchLazy` with a `fetchSize`", this::lazily),
        Step.read("`fetchStream`", this::streamed),
        Step.read(
            "`forUpdate`",
            () -> sql.select(PRICE).from(BOOK).where(ID.eq(1L)).forUpdate().fetch(PRICE)),
        Step.write(
            "`insertInto ... returning`",
            () ->
                sql.insertInto(BOOK, TITLE, PRICE, PRINTED)
                    .values("Algae", BigDecimal.ONE, OffsetDateTime.parse("2026-01-01T00:00:00Z"))
                    .returningResult(ID)
                    .fetch(ID)),
        Step.write(
            "a batch in `transactionResult`, then a read in it",
            () ->
                sql.transactionResult(
                    inside -> {
                      DSLContext own = DSL.using(inside);
                      own.batch(
                              own.update(BOOK).set(PRICE, PRICE.plus(1)).where(ID.eq(1L)),
                              own.update(BOOK).set(PRICE, PRICE.plus(2)).where(ID.eq(2L)))
                          .execute();
                      return own.select(PRICE).from(BOOK).orderBy(ID).fetch(PRICE);
                    })),
        Step.read(
            "what was read before the writes",
            () -> sql.select(ID, TITLE, PRICE, PRINTED).from(BOOK).orderBy(ID).fetch().intoMaps()));
  }

  private List<String> lazily() {
    try (Cursor<? extends Record> cursor =
        sql.select(TITLE).from(BOOK).orderBy(ID).fetchSize(2).fetchLazy()) {
      return cursor.fetch().getValues(TITLE);
    }
  }

  private List<String> streamed() {
    try (Stream<? extends Record> stream = sql.select(TITLE).from(BOOK).orderBy(ID).fetchStream()) {
      return stream.map(row -> row.get(TITLE)).toList();
    }
  }
}
