package dev.larder.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.annotations.ParamDef;

/** A small library, mapped in the ways that matter to a cache. */
public final class Model {

  public static final List<Class<?>> ENTITIES =
      List.of(
          Author.class,
          Book.class,
          Genre.class,
          Publisher.class,
          Country.class,
          Review.class,
          Stock.class,
          Rated.class,
          Priced.class);

  public static final String[] SCHEMA = {
    "create table author (id bigint primary key, name varchar(100) not null)",
    "create table book (id bigint primary key, isbn varchar(20) not null unique,"
        + " title varchar(100) not null, price int not null, version int not null,"
        + " author_id bigint references author on delete cascade)",
    "create table book_tag (book_id bigint not null references book on delete cascade,"
        + " tag varchar(40) not null)",
    "create table genre (id bigint primary key, name varchar(100) not null)",
    "create table book_genre (book_id bigint not null references book on delete cascade,"
        + " genre_id bigint not null references genre)",
    "create table publisher (id bigint primary key, name varchar(100) not null)",
    "create table country (id bigint primary key, name varchar(100) not null)",
    "create table review (id bigint primary key, stars int not null,"
        + " book_id bigint references book on delete cascade)",
    "create table priced (id bigint primary key, amount numeric(10,2) not null)",
    "create view stock as select author_id as id, count(*) as books from book group by author_id",
  };

  public static final String[] ROWS = {
    "insert into author values (1, 'Le Guin'), (2, 'Lem')",
    "insert into book values (1, 'i1', 'The Dispossessed', 10, 0, 1),"
        + " (2, 'i2', 'The Lathe of Heaven', 20, 0, 1), (3, 'i3', 'Solaris', 30, 0, 2)",
    "insert into book_tag values (1, 'anarchy'), (2, 'dreams')",
    "insert into genre values (1, 'novel'), (2, 'utopia')",
    "insert into book_genre values (1, 1), (1, 2), (3, 1)",
    "insert into publisher values (1, 'Harper'), (2, 'Faber')",
    "insert into country values (1, 'Poland')",
    "insert into review values (1, 5, 1), (2, 4, 3)",
    "insert into priced values (1, 1.50)",
  };

  public static final String[] EMPTY = {
    "delete from book_tag",
    "delete from book_genre",
    "delete from genre",
    "delete from review",
    "delete from book",
    "delete from author",
    "delete from publisher",
    "delete from country",
    "delete from priced",
  };

  private Model() {}

  @Entity(name = "Author")
  @Table(name = "author")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "author")
  public static class Author {
    @Id public Long id;
    public String name;

    @OneToMany(mappedBy = "author")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "author.books")
    public Set<Book> books = new HashSet<>();
  }

  @Entity(name = "Book")
  @Table(name = "book")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "book")
  @NaturalIdCache(region = "book.isbn")
  @FilterDef(name = "cheap", parameters = @ParamDef(name = "most", type = Integer.class))
  @Filter(name = "cheap", condition = "price <= :most")
  public static class Book {
    @Id public Long id;

    @NaturalId(mutable = true)
    public String isbn;

    public String title;
    public int price;
    @Version public int version;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "author_id")
    public Author author;

    @ElementCollection
    @jakarta.persistence.CollectionTable(
        name = "book_tag",
        joinColumns = @JoinColumn(name = "book_id"))
    @Column(name = "tag")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "book.tags")
    public Set<String> tags = new HashSet<>();

    @ManyToMany
    @JoinTable(
        name = "book_genre",
        joinColumns = @JoinColumn(name = "book_id"),
        inverseJoinColumns = @JoinColumn(name = "genre_id"))
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "book.genres")
    public Set<Genre> genres = new HashSet<>();

    public Book() {}

    public Book(long id, String title, Author author) {
      this.id = id;
      this.isbn = "i" + id;
      this.title = title;
      this.author = author;
    }
  }

  @Entity(name = "Genre")
  @Table(name = "genre")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "genre")
  public static class Genre {
    @Id public Long id;
    public String name;
  }

  @Entity(name = "Publisher")
  @Table(name = "publisher")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE, region = "publisher")
  public static class Publisher {
    @Id public Long id;
    public String name;
  }

  @Entity(name = "Country")
  @Table(name = "country")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_ONLY, region = "country")
  public static class Country {
    @Id public Long id;
    public String name;
  }

  @Entity(name = "Review")
  @Table(name = "review")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "review")
  public static class Review {
    @Id public Long id;
    public int stars;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "book_id")
    public Book book;
  }

  /** Mapped on a view. */
  @Entity(name = "Stock")
  @Table(name = "stock")
  @Immutable
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_ONLY, region = "stock")
  public static class Stock {
    @Id public Long id;
    public long books;
  }

  /** A second entity on a table, with a formula over another. */
  @Entity(name = "Rated")
  @Table(name = "book")
  @Immutable
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_ONLY, region = "rated")
  public static class Rated {
    @Id public Long id;
    public String title;

    @Formula("(select sum(r.stars) from review r where r.book_id = id)")
    public Integer stars;
  }

  /** What is written is not what is read. */
  @Entity(name = "Priced")
  @Table(name = "priced")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "priced")
  public static class Priced {
    @Id public Long id;
    public BigDecimal amount;
  }
}
