package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.Tenancy.Note;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

/** Tenants told apart by a column never see each other's rows. */
class TenantTest {

  @Test
  void entitiesAndQueriesOfTwoTenants() {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    try (TestDatabase database = Databases.h2()) {
      database.execute(
          "create table note (id bigint primary key, text varchar(20), tenant varchar(20))",
          "insert into note values (1, 'of a', 'a'), (2, 'of b', 'b')");
      try (LarderDataSource larder = LarderDataSource.wrap(database.dataSource(), settings);
          SessionFactory factory =
              Library.open(
                  larder,
                  Map.of("hibernate.tenant_identifier_resolver", new Tenancy.Current()),
                  List.of(Note.class))) {
        for (int i = 0; i < 4; i++) {
          assertThat(texts(factory, "a")).containsExactly("of a");
          assertThat(texts(factory, "b")).containsExactly("of b");
          assertThat(find(factory, "a", 1)).isNotNull();
          assertThat(find(factory, "b", 1)).isNull();
        }
        assertThat(factory.getStatistics().getQueryCacheHitCount()).isPositive();
        assertThat(factory.getStatistics().getSecondLevelCacheHitCount()).isPositive();
      }
    }
  }

  private static List<String> texts(SessionFactory factory, String tenant) {
    Tenancy.Current.tenant = tenant;
    return factory.fromTransaction(
        session ->
            session
                .createQuery("select text from Note", String.class)
                .setCacheable(true)
                .getResultList());
  }

  private static Note find(SessionFactory factory, String tenant, long id) {
    Tenancy.Current.tenant = tenant;
    return factory.fromTransaction(session -> session.find(Note.class, id));
  }
}
