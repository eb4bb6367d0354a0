package dev.larder.integrations;

import dev.larder.testkit.Product;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.sql.LockMode;
import org.springframework.data.relational.repository.Lock;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.PagingAndSortingRepository;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring Data JDBC, by a repository of aggregates. */
final class SpringDataJdbc implements Library {

  /** An aggregate with a list of its own. */
  record Book(@Id @Nullable Long id, String title, BigDecimal price, List<Chapter> chapters) {}

  /** What is in a book. */
  record Chapter(String title) {}

  /** Methods of each kind. */
  interface Books extends CrudRepository<Book, Long>, PagingAndSortingRepository<Book, Long> {
    List<Book> findByTitleStartingWith(String start);

    long countByPriceLessThan(BigDecimal most);

    boolean existsByTitle(String title);

    @Query("select title from book where price > :least order by id")
    List<String> titlesFrom(BigDecimal least);

    @Query("select title from book order by id")
    Stream<String> streamed();

    @Lock(LockMode.PESSIMISTIC_WRITE)
    List<Book> findByTitle(String title);

    @Modifying
    @Query("update book set price = price + :more")
    int raise(BigDecimal more);
  }

  /** What Spring Data needs. */
  @Configuration
  @EnableJdbcRepositories(considerNestedRepositories = true)
  static class Repositories extends AbstractJdbcConfiguration {
    @Bean
    NamedParameterJdbcTemplate jdbcOperations(DataSource dataSource) {
      return new NamedParameterJdbcTemplate(dataSource);
    }

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
      return new JdbcTransactionManager(dataSource);
    }
  }

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final Books books;

  SpringDataJdbc(DataSource dataSource, Product product) throws SQLException {
    Shop.open(dataSource);
    new NamedParameterJdbcTemplate(dataSource)
        .getJdbcOperations()
        .execute("alter table book alter column printed set default current_timestamp");
    context.getBeanFactory().registerSingleton("dataSource", dataSource);
    context.register(Repositories.class);
    context.refresh();
    books = context.getBean(Books.class);
  }

  private Step reading(String what, Function<Books, ?> use) {
    return Step.read(what, () -> use.apply(books));
  }

  @Override
  public List<Step> steps() {
    return List.of(
        reading("`findById` of an aggregate with a list", b -> b.findById(1L)),
        reading("`findAll`", b -> StreamSupport.stream(b.findAll().spliterator(), false).toList()),
        reading("`findAllById`", b -> List.copyOf((List<Book>) b.findAllById(List.of(1L, 3L)))),
        reading("a derived query", b -> b.findByTitleStartingWith("M")),
        reading("a derived count", b -> b.countByPriceLessThan(BigDecimal.TEN)),
        reading("a derived `exists`", b -> b.existsByTitle("Ferns")),
        reading("`existsById`", b -> b.existsById(2L)),
        reading(
            "a sorted page with its total",
            b -> b.findAll(PageRequest.of(1, 1, Sort.by("title"))).map(Book::title).toList()),
        reading("`@Query`", b -> b.titlesFrom(BigDecimal.TEN)),
        Step.read(
            "a `Stream` in a transaction",
            () ->
                new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                    .execute(
                        status -> {
                          try (Stream<String> titles = books.streamed()) {
                            return titles.toList();
                          }
                        })),
        reading("`@Lock`", b -> b.findByTitle("Ferns")),
        Step.write(
            "`save` of a new aggregate, then `findById`",
            () -> {
              Book saved =
                  books.save(new Book(null, "Algae", BigDecimal.ONE, List.of(new Chapter("Kelp"))));
              return books.findById(java.util.Objects.requireNonNull(saved.id()));
            }),
        Step.write("`@Modifying`", () -> books.raise(BigDecimal.ONE)),
        Step.write(
            "`save` of a known aggregate, which replaces its list, then `findById`",
            () -> {
              books.save(new Book(1L, "Ferns", BigDecimal.TEN, List.of(new Chapter("Roots"))));
              return books.findById(1L);
            }),
        reading(
            "what was read before the writes",
            b -> StreamSupport.stream(b.findAll().spliterator(), false).toList()));
  }

  @Override
  public void close() {
    context.close();
  }
}
