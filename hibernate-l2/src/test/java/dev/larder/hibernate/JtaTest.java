package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.ats.jta.TransactionManager;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import dev.larder.hibernate.Model.Author;
import dev.larder.hibernate.Model.Book;
import dev.larder.hibernate.Model.Genre;
import dev.larder.hibernate.Tenancy.Ledgered;
import dev.larder.jdbc.LarderDriver;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.narayana.NarayanaTransactionIntegration;
import java.sql.Statement;
import org.hibernate.Session;
import org.hibernate.engine.transaction.jta.platform.internal.JBossStandAloneJtaPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Transactions of a JTA manager, Narayana, with connections that Agroal enlists. A session gives
 * its connection back after each statement, and the transaction goes on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JtaTest {

  private Library library;

  @BeforeAll
  void open() throws Exception {
    for (String store : new String[] {null, "communicationStore", "stateStore"}) {
      BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store)
          .setObjectStoreType(VolatileStore.class.getName());
    }
    TestDatabase database = Databases.h2();
    AgroalDataSource agroal = AgroalDataSource.from(pool(database));
    library =
        Library.in(database, Model.SCHEMA, Model.ROWS)
            .entities(Author.class, Book.class, Genre.class, Ledgered.class)
            .hibernate("hibernate.transaction.coordinator_class", "jta")
            .hibernate("hibernate.transaction.jta.platform", new JBossStandAloneJtaPlatform())
            .over(agroal, agroal);
  }

  private AgroalDataSourceConfigurationSupplier pool(TestDatabase database) {
    String url =
        "jdbc:larder:" + database.url().substring("jdbc:".length()) + ";larder.writers=this-jvm";
    return new AgroalDataSourceConfigurationSupplier()
        .connectionPoolConfiguration(
            pool ->
                pool.maxSize(5)
                    .transactionIntegration(
                        new NarayanaTransactionIntegration(
                            TransactionManager.transactionManager(),
                            new TransactionSynchronizationRegistryImple()))
                    .connectionFactoryConfiguration(
                        connections ->
                            connections
                                .jdbcUrl(url)
                                .connectionProviderClass(LarderDriver.class)
                                .principal(new NamePrincipal(database.username()))
                                .credential(new SimplePassword(database.password()))));
  }

  @AfterAll
  void close() throws Exception {
    library.close();
  }

  @BeforeEach
  void warm() {
    library.write(
        session -> {
          session.find(Book.class, 1L).title = "The Dispossessed";
          session.find(Ledgered.class, 1L).name = "Harper";
        });
    library.warm();
    library.keep("author", this::author);
    library.keep("ledgered", () -> name(1));
    library.keep("ledgered", () -> name(2));
  }

  private String author() {
    return library.read(session -> session.find(Author.class, 1L).name);
  }

  private String name(long id) {
    return library.read(session -> session.find(Ledgered.class, id).name);
  }

  private static void rename(Session session, String title) {
    session.doWork(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("update book set title = '" + title + "' where id = 1");
          }
        });
  }

  @Test
  void transactionalEntities() {
    library.write(session -> session.find(Ledgered.class, 1L).name = "renamed");
    assertThat(name(1)).isEqualTo("renamed");
    assertThat(library.isHit("ledgered", () -> name(2))).as("a neighbour").isTrue();
    assertThat(library.isHit("author", this::author)).isTrue();
  }

  @Test
  void aRollback() {
    try (Session session = library.factory.openSession()) {
      session.beginTransaction();
      session.find(Ledgered.class, 1L).name = "undone";
      session.flush();
      session.getTransaction().rollback();
    }
    assertThat(name(1)).isEqualTo("Harper");
    assertThat(library.isHit("ledgered", () -> name(2))).isTrue();
    library.keep("ledgered", () -> name(1));
  }

  @Test
  void whatTheTransactionWroteItselfIsSeenByItAndByNobodyElse() throws Exception {
    library.write(
        session -> {
          rename(session, "own");
          assertThat(session.find(Book.class, 1L).title).isEqualTo("own");
        });
    assertThat(library.title(1)).isEqualTo("own");
    assertThat(library.isHit("author", this::author)).isTrue();
    library.warm();
    try (Session session = library.factory.openSession()) {
      session.beginTransaction();
      rename(session, "undone");
      assertThat(session.find(Book.class, 1L).title).isEqualTo("undone");
      session.getTransaction().rollback();
    }
    assertThat(library.title(1)).isEqualTo("own");
  }

  @Test
  void aNativeStatement() {
    library.write(
        session ->
            session
                .createNativeMutationQuery("update book set title = 'native' where id = 1")
                .executeUpdate());
    assertThat(library.title(1)).isEqualTo("native");
    assertThat(library.isHit("author", this::author)).isTrue();
  }
}
