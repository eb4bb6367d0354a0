package dev.larder.integrations;

import dev.larder.testkit.Product;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Many;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Result;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.RowBounds;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/** MyBatis, by annotated mappers. */
final class MyBatis implements Library {

  /** Statements of each kind that mappers have. */
  interface Books {
    @Select("select title from book where id = #{id}")
    String title(long id);

    @Select("select id, title, price from book order by id")
    List<Map<String, Object>> all();

    @Select("select printed from book where id = #{id}")
    OffsetDateTime printed(long id);

    @Select(
        "<script>select title from book where id in"
            + " <foreach item='id' collection='ids' open='(' separator=',' close=')'>#{id}"
            + "</foreach> order by id</script>")
    List<String> titles(@Param("ids") List<Long> ids);

    @Select("select id, title from book where id = #{id}")
    @Result(property = "id", column = "id")
    @Result(
        property = "chapters",
        column = "id",
        javaType = List.class,
        many = @Many(select = "chapters"))
    Map<String, Object> withChapters(long id);

    @Select("select title from chapter where book = #{book} order by book_key")
    List<String> chapters(long book);

    @Select("select title from book order by id")
    List<String> page(RowBounds bounds);

    @Select("select title from book order by id")
    @Options(fetchSize = 2)
    List<String> fetched();

    @Select("select title from book order by id")
    Cursor<String> cursor();

    @Select("select price from book where id = #{id} for update")
    BigDecimal locked(long id);

    @Insert(
        "insert into book (title, price, printed)"
            + " values (#{title}, #{price}, timestamp with time zone '2026-01-01 00:00:00+00')")
    @Options(useGeneratedKeys = true, keyProperty = "id", keyColumn = "id")
    int insert(Map<String, Object> book);

    @Update("update book set price = price + #{more} where id = #{id}")
    int raise(@Param("id") long id, @Param("more") BigDecimal more);
  }

  private final SqlSessionFactory sessions;

  MyBatis(DataSource dataSource, Product product) throws SQLException {
    Shop.open(dataSource);
    Configuration configuration =
        new Configuration(new Environment("test", new JdbcTransactionFactory(), dataSource));
    configuration.addMapper(Books.class);
    sessions = new SqlSessionFactoryBuilder().build(configuration);
  }

  private <T> T in(SqlSession opened, Function<Books, T> use) {
    try (SqlSession session = opened) {
      T result = use.apply(session.getMapper(Books.class));
      session.commit();
      return result;
    }
  }

  private Step reading(String what, Function<Books, ?> use) {
    return Step.read(what, () -> in(sessions.openSession(), use));
  }

  @Override
  public List<Step> steps() {
    return List.of(
        reading("a row by its key", books -> books.title(1)),
        Step.read(
            "the same in auto-commit mode",
            () -> in(sessions.openSession(true), books -> books.title(2))),
        reading("rows as maps", Books::all),
        reading("an `OffsetDateTime`", books -> books.printed(1)),
        reading("`<foreach>` in an IN list", books -> books.titles(List.of(1L, 3L))),
        reading("a nested select (`@Many`)", books -> books.withChapters(1)),
        reading("a page by `RowBounds`", books -> books.page(new RowBounds(1, 1))),
        reading("a `fetchSize`", Books::fetched),
        reading("a `Cursor`", books -> rows(books.cursor())),
        reading("`FOR UPDATE`", books -> books.locked(1)),
        Step.write(
            "an insert with `useGeneratedKeys`", () -> in(sessions.openSession(), this::insert)),
        Step.write(
            "updates of the batch executor, then a read in the same session",
            () ->
                in(
                    sessions.openSession(ExecutorType.BATCH),
                    books -> {
                      books.raise(1, BigDecimal.ONE);
                      books.raise(2, BigDecimal.TEN);
                      return books.all();
                    })),
        reading("what was read before the writes", Books::all));
  }

  private Object insert(Books books) {
    Map<String, Object> book = new java.util.HashMap<>();
    book.put("title", "Algae");
    book.put("price", BigDecimal.ONE);
    books.insert(book);
    return List.of(String.valueOf(book.get("id")), books.title(4));
  }

  private static List<String> rows(Cursor<String> cursor) {
    List<String> rows = new ArrayList<>();
    cursor.forEach(rows::add);
    return rows;
  }
}
