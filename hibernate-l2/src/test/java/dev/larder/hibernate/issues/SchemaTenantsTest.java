package dev.larder.hibernate.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.Library;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Symptom: over one LarderDataSource, tenants that are told apart by their schema had a ledger of
 * the cache's own, as if there were nothing of Larder's below: what JDBC wrote was not seen.
 */
class SchemaTenantsTest {

  @Entity(name = "Shop")
  @Table(name = "shop")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "shop")
  static class Shop {
    @Id Long id;
    String name;

    @OneToMany(mappedBy = "shop")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "offers")
    List<Offer> offers = new ArrayList<>();
  }

  @Entity(name = "Offer")
  @Table(name = "offer")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "offer")
  static class Offer {
    @Id Long id;
    String name;
    @ManyToOne Shop shop;
  }

  /** One that every tenant sees. */
  @Entity(name = "Country")
  @Table(name = "country", schema = "common")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "country")
  static class Country {
    @Id Long id;
    String name;
  }

  /** Connections of one DataSource, each turned to its tenant's schema. */
  static final class BySchema implements MultiTenantConnectionProvider<String> {

    private static final long serialVersionUID = 1L;

    private final transient DataSource all;
    private final transient Map<String, String> schemas = new ConcurrentHashMap<>();
    private final transient Map<String, DataSource> others = new ConcurrentHashMap<>();

    BySchema(DataSource all) {
      this.all = all;
    }

    @Override
    public Connection getAnyConnection() throws SQLException {
      return all.getConnection();
    }

    @Override
    public void releaseAnyConnection(Connection connection) throws SQLException {
      connection.close();
    }

    @Override
    public Connection getConnection(String tenant) throws SQLException {
      Connection connection = others.getOrDefault(tenant, all).getConnection();
      connection.setSchema(schemas.getOrDefault(tenant, tenant));
      return connection;
    }

    @Override
    public void releaseConnection(String tenant, Connection connection) throws SQLException {
      connection.close();
    }

    @Override
    public boolean supportsAggressiveRelease() {
      return false;
    }

    @Override
    public boolean isUnwrappableAs(Class<?> type) {
      return false;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      throw new UnsupportedOperationException();
    }
  }

  /** A session factory for tenants {@code a} and {@code b}. */
  private static final class Tenants implements AutoCloseable {
    final LarderDataSource larder;
    final BySchema connections;
    final Library library;

    Tenants(TestDatabase database, boolean h2) {
      create(database, h2);
      Properties settings = new Properties();
      settings.setProperty("larder.writers", "this-jvm");
      larder =
          LarderDataSource.builder()
              .url(database.url())
              .username(database.username())
              .password(database.password())
              .settings(settings)
              .build();
      connections = new BySchema(larder);
      library =
          Library.in(database)
              .entities(Shop.class, Offer.class, Country.class)
              .hibernate("hibernate.multi_tenant_connection_provider", connections)
              .over(larder, larder);
    }

    private static void create(TestDatabase database, boolean h2) {
      for (String tenant : List.of("a", "b")) {
        String schema = h2 ? tenant.toUpperCase(Locale.ROOT) : tenant;
        String q = '"' + schema + '"';
        database.execute(
            "create schema " + q,
            "create table " + q + ".shop (id bigint primary key, name varchar(40))",
            "create table "
                + q
                + ".offer (id bigint primary key, name varchar(40), shop_id bigint)",
            "insert into " + q + ".shop values (1, 'shop of " + tenant + "'), (2, 'second')",
            "insert into " + q + ".offer values (1, 'offer of " + tenant + "', 1)");
      }
      database.execute(
          "create schema common",
          "create table common.country (id bigint primary key, name varchar(40))",
          "insert into common.country values (1, 'Utopia')");
    }

    <T> T read(String tenant, Function<Session, T> work) {
      try (Session session =
          library.factory.withOptions().tenantIdentifier(schema(tenant)).openSession()) {
        session.beginTransaction();
        T result = work.apply(session);
        session.getTransaction().commit();
        return result;
      }
    }

    String schema(String tenant) {
      return larder().contains(":h2:") ? tenant.toUpperCase(Locale.ROOT) : tenant;
    }

    private String larder() {
      return library.database.url();
    }

    void write(String tenant, Consumer<Session> work) {
      read(
          tenant,
          session -> {
            work.accept(session);
            return null;
          });
    }

    String shop(String tenant, long id) {
      return read(tenant, session -> session.find(Shop.class, id).name);
    }

    String country(String tenant) {
      return read(tenant, session -> session.find(Country.class, 1L).name);
    }

    List<String> offers(String tenant) {
      return read(
          tenant,
          session ->
              session.find(Shop.class, 1L).offers.stream()
                  .map(each -> each.name)
                  .sorted()
                  .toList());
    }

    List<String> names(String tenant) {
      return read(
          tenant,
          session ->
              session
                  .createQuery("select name from Shop order by id", String.class)
                  .setCacheable(true)
                  .getResultList());
    }

    boolean shopIsHit(String tenant, long id) {
      return library.isHit("shop", () -> shop(tenant, id));
    }

    /** Has what the tests read in memory. */
    void warm() {
      for (String tenant : List.of("a", "b")) {
        library.keep("shop", () -> shop(tenant, 1));
        library.keep("shop", () -> shop(tenant, 2));
        library.keep("offers", () -> offers(tenant));
        library.keep("country", () -> country(tenant));
        names(tenant);
      }
    }

    @Override
    public void close() throws Exception {
      library.close();
    }
  }

  static Stream<Boolean> products() {
    return Stream.of(true, false);
  }

  private static Tenants open(boolean h2) {
    return new Tenants(h2 ? Databases.h2() : Databases.postgres(), h2);
  }

  @ParameterizedTest
  @MethodSource("products")
  void eachTenantIsAnsweredFromMemoryWithItsOwnRows(boolean h2) throws Exception {
    try (Tenants tenants = open(h2)) {
      tenants.warm();
      for (String tenant : List.of("a", "b", "a", "b")) {
        assertThat(tenants.shopIsHit(tenant, 1)).isTrue();
        assertThat(tenants.shop(tenant, 1)).isEqualTo("shop of " + tenant);
        assertThat(tenants.library.isHit("offers", () -> tenants.offers(tenant))).isTrue();
        assertThat(tenants.offers(tenant)).containsExactly("offer of " + tenant);
        long before = tenants.library.factory.getStatistics().getQueryCacheHitCount();
        assertThat(tenants.names(tenant)).containsExactly("shop of " + tenant, "second");
        assertThat(tenants.library.factory.getStatistics().getQueryCacheHitCount())
            .isGreaterThan(before);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("products")
  void whatJdbcWritesForOneTenantIsForgottenForThatOneAlone(boolean h2) throws Exception {
    try (Tenants tenants = open(h2)) {
      tenants.warm();
      String a = '"' + tenants.schema("a") + '"';

      tenants.library.run("update " + a + ".shop set name = 'renamed' where id = 1");

      assertThat(tenants.shopIsHit("b", 1)).isTrue();
      assertThat(tenants.shopIsHit("a", 2)).isTrue();
      assertThat(tenants.shop("a", 1)).isEqualTo("renamed");
      assertThat(tenants.shop("b", 1)).isEqualTo("shop of b");
      assertThat(tenants.names("a")).containsExactly("renamed", "second");
      assertThat(tenants.names("b")).containsExactly("shop of b", "second");

      try (Connection connection = tenants.connections.getConnection(tenants.schema("a"));
          Statement statement = connection.createStatement()) {
        statement.execute("insert into offer values (2, 'another', 1)");
        statement.execute("update shop set name = 'again' where id = 1");
      }

      assertThat(tenants.offers("a")).containsExactly("another", "offer of a");
      assertThat(tenants.shop("a", 1)).isEqualTo("again");
      assertThat(tenants.library.isHit("offers", () -> tenants.offers("b"))).isTrue();
      assertThat(tenants.shopIsHit("b", 1)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("products")
  void whatHibernateWritesForOneTenantIsForgottenForThatOneAlone(boolean h2) throws Exception {
    try (Tenants tenants = open(h2)) {
      tenants.warm();

      tenants.write("a", session -> session.find(Shop.class, 1L).name = "renamed");

      assertThat(tenants.shopIsHit("b", 1)).isTrue();
      assertThat(tenants.shopIsHit("a", 2)).isTrue();
      assertThat(tenants.shop("a", 1)).isEqualTo("renamed");
      assertThat(tenants.shop("b", 1)).isEqualTo("shop of b");

      tenants.write(
          "a",
          session ->
              session
                  .createMutationQuery("update Shop set name = 'in bulk' where id = 1")
                  .executeUpdate());

      assertThat(tenants.shop("a", 1)).isEqualTo("in bulk");
      assertThat(tenants.shopIsHit("b", 1)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("products")
  void aRowOfAllTenantsIsForgottenForAll(boolean h2) throws Exception {
    try (Tenants tenants = open(h2)) {
      tenants.warm();

      tenants.write("a", session -> session.find(Country.class, 1L).name = "Nowhere");

      assertThat(tenants.country("a")).isEqualTo("Nowhere");
      assertThat(tenants.country("b")).isEqualTo("Nowhere");
    }
  }

  @ParameterizedTest
  @MethodSource("products")
  void aSessionThatTurnsToAnotherSchemaNeitherTakesNorGives(boolean h2) throws Exception {
    try (Tenants tenants = open(h2)) {
      tenants.warm();
      String b = tenants.schema("b");

      String seen =
          tenants.read(
              "a",
              session -> {
                session.doWork(connection -> connection.setSchema(b));
                return session.find(Shop.class, 1L).name;
              });
      assertThat(seen).isEqualTo("shop of b");
      tenants.write(
          "a",
          session -> {
            session.doWork(connection -> connection.setSchema(b));
            session.find(Shop.class, 2L).name = "written by a";
          });

      assertThat(tenants.shop("a", 1)).isEqualTo("shop of a");
      assertThat(tenants.shop("a", 2)).isEqualTo("second");
      assertThat(tenants.shop("b", 2)).isEqualTo("written by a");
    }
  }

  @Test
  void aTenantThatIsGivenAnotherSchemaIsReadAnew() throws Exception {
    try (Tenants tenants = open(true)) {
      tenants.warm();

      tenants.connections.schemas.put("A", "B");
      long deadline = System.nanoTime() + 30_000_000_000L;
      while (!tenants.shop("a", 1).equals("shop of b")) {
        assertThat(System.nanoTime()).isLessThan(deadline);
      }
      tenants.library.keep("shop", () -> tenants.shop("a", 1));
      assertThat(tenants.shop("a", 1)).isEqualTo("shop of b");
    }
  }

  @Test
  void aTenantOfAnotherDatabaseIsNotKept() throws Exception {
    try (TestDatabase another = Databases.h2();
        Tenants tenants = open(true)) {
      Tenants.create(another, true);
      another.execute("update A.shop set name = 'elsewhere' where id = 1");
      tenants.connections.others.put("A", another.dataSource());

      for (int i = 0; i < 3; i++) {
        assertThat(tenants.shop("a", 1)).isEqualTo("elsewhere");
        assertThat(tenants.shopIsHit("a", 1)).isFalse();
        assertThat(tenants.shop("b", 1)).isEqualTo("shop of b");
      }
      another.execute("update A.shop set name = 'changed' where id = 1");
      assertThat(tenants.shop("a", 1)).isEqualTo("changed");
      assertThat(tenants.shopIsHit("b", 1)).isTrue();
    }
  }
}
