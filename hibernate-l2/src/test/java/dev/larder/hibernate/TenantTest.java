package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.Tenancy.Note;
import dev.larder.testkit.Databases;
import java.util.List;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

/** Tenants told apart by a column never see each other's rows. */
class TenantTest {

  private static final String[] TABLE = {
    "create table note (id bigint primary key, text varchar(20), tenant varchar(20))",
    "insert into note values (1, 'of a', 'a'), (2, 'of b', 'b')",
  };

  @Test
  void entitiesAndQueriesOfTwoTenants() throws Exception {
    try (Library library =
        Library.in(Databases.h2(), TABLE)
            .entities(Note.class)
            .hibernate("hibernate.tenant_identifier_resolver", new Tenancy.Current())
            .overLarder()) {
      SessionFactory factory = library.factory;
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
