package dev.larder.jdbc.internal.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.jdbc.internal.catalog.Catalogue;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.connection.PhysicalConnections;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.product.Product;
import dev.larder.jdbc.internal.product.h2.H2;
import dev.larder.jdbc.internal.session.CustomSettings;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.SessionBaseline;
import dev.larder.jdbc.internal.settings.Settings;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CatalogueCacheTest {

  private static final Product PRODUCT = new H2();

  private final AtomicReference<Runnable> whileRead = new AtomicReference<>(() -> {});
  private final CatalogueCache cache =
      new CatalogueCache(database(), new Lender(), false, new CustomSettings(), new Counters());

  @Test
  void definitionsAreAtHandOnceTheyAreRead() throws Exception {
    assertThat(cache.definitions(caller()).catalogue()).isNotNull();
    assertThat(cache.atHand().catalogue()).isNotNull();
  }

  /** Symptom: a reading that ended after {@code close()} left a catalogue that nobody let go of. */
  @Test
  void definitionsThatAreReadWhileTheyAreForgottenAreNotKept() throws Exception {
    whileRead.set(cache::forget);
    assertThat(cache.definitions(caller()).catalogue()).isNotNull();
    assertThat(cache.atHand()).isSameAs(CatalogueVersion.NONE);
  }

  @Test
  void whoeverStillAsksHasThemRead() throws Exception {
    cache.forget();
    assertThat(cache.definitions(caller()).catalogue()).isNotNull();
    assertThat(cache.atHand().catalogue()).isNotNull();
  }

  /** Lends what the reader does not look at. */
  private static final class Lender implements PhysicalConnections {

    @Override
    public PhysicalConnection<PhysicalProfile> borrow() {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> @Nullable T ask(Question<T> question) throws SQLException {
      return question.ask(only(Connection.class, null));
    }
  }

  private DatabaseContext database() {
    CatalogueReader reader =
        connection -> {
          Objects.requireNonNull(whileRead.get()).run();
          return only(Catalogue.class, Set.of());
        };
    SessionBaseline baseline =
        new SessionBaseline(
            PRODUCT.sessionRules(),
            new DatabaseIdentity("test", UUID.randomUUID().toString()),
            new SessionBaseline.Driver("H2 JDBC Driver", "2"),
            Map.of(),
            Map.of(),
            Set.of(),
            List.of(),
            null,
            null,
            true,
            Connection.TRANSACTION_READ_COMMITTED);
    return new DatabaseContext(
        reading(reader), baseline, Settings.DEFAULTS.analysis(), new Counters());
  }

  /** H2, with another reader of its catalogue. */
  private static Product reading(CatalogueReader reader) {
    return (Product)
        Proxy.newProxyInstance(
            Product.class.getClassLoader(),
            new Class<?>[] {Product.class},
            (proxy, method, arguments) ->
                method.getName().equals("catalogueReader")
                    ? Optional.of(reader)
                    : method.invoke(PRODUCT, arguments));
  }

  /** One that holds no connection, and waits for what comes. */
  private static LogicalConnection caller() {
    return (LogicalConnection)
        Proxy.newProxyInstance(
            LogicalConnection.class.getClassLoader(),
            new Class<?>[] {LogicalConnection.class},
            (proxy, method, arguments) ->
                method.getName().equals("await")
                    ? ((CompletableFuture<?>) arguments[0]).get()
                    : (Object) false);
  }

  /** An object all methods of which answer that. */
  private static <T> T only(Class<T> type, @Nullable Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answer));
  }
}
