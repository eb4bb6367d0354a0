package dev.larder.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.ats.jta.TransactionManager;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import dev.larder.jdbc.LarderDriver;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.narayana.NarayanaTransactionIntegration;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Quarkus makes of {@code quarkus.datasource.*} with a driver that is named: Agroal's pool
 * over that driver, with Narayana's transactions. Quarkus itself does not run here.
 */
class QuarkusPoolTest {

  @BeforeAll
  static void nothingIsLogged() throws Exception {
    for (String store : new String[] {null, "communicationStore", "stateStore"}) {
      BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store)
          .setObjectStoreType(VolatileStore.class.getName());
    }
  }

  private static AgroalDataSourceConfigurationSupplier configuration(boolean larder) {
    return new AgroalDataSourceConfigurationSupplier()
        .connectionPoolConfiguration(
            pool ->
                pool.maxSize(3)
                    .acquisitionTimeout(Duration.ofSeconds(5))
                    .transactionIntegration(
                        new NarayanaTransactionIntegration(
                            TransactionManager.transactionManager(),
                            new TransactionSynchronizationRegistryImple()))
                    .connectionFactoryConfiguration(
                        connections ->
                            connections
                                .connectionProviderClass(LarderDriver.class)
                                .jdbcUrl(Framework.url(larder))
                                .principal(new NamePrincipal("sa"))
                                .credential(new SimplePassword(""))));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theDriverIsAllThatChanges(boolean larder) throws Exception {
    try (AgroalDataSource dataSource = AgroalDataSource.from(configuration(larder))) {
      new Framework(dataSource).isRight(larder);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTransactionIsTheManagersToEnd(boolean larder) throws Exception {
    jakarta.transaction.TransactionManager transactions = TransactionManager.transactionManager();
    try (AgroalDataSource dataSource = AgroalDataSource.from(configuration(larder))) {
      Framework framework = new Framework(dataSource);
      framework.isRight(larder);
      for (boolean commit : new boolean[] {false, true}) {
        transactions.begin();
        framework.execute("update plant set name = 'ivy' where id = 1");
        assertThat(framework.name(1)).isEqualTo("ivy");
        if (commit) {
          transactions.commit();
        } else {
          transactions.rollback();
        }
        assertThat(framework.name(1)).isEqualTo(commit ? "ivy" : "moss");
        assertThat(framework.name(1)).isEqualTo(commit ? "ivy" : "moss");
      }
    }
  }
}
