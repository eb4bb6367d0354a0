package dev.larder.jdbc.internal.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ledger.DatabaseIdentity;
import dev.larder.invalidation.ledger.Footprint;
import dev.larder.invalidation.ledger.Ledger;
import dev.larder.jdbc.internal.catalog.Catalogue;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.connection.LogicalConnection;
import dev.larder.jdbc.internal.connection.PhysicalConnections;
import dev.larder.jdbc.internal.observe.Counters;
import dev.larder.jdbc.internal.pool.PhysicalConnection;
import dev.larder.jdbc.internal.session.CustomSettings;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CatalogueCacheTest {

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

  @SuppressWarnings("NullAway") // nothing is planned or run here
  private DatabaseContext database() {
    DatabaseIdentity identity = new DatabaseIdentity("test", "catalogue");
    Ledger ledger = Ledger.unshared(identity);
    CatalogueReader reader =
        connection -> {
          whileRead.get().run();
          return only(Catalogue.class, Set.of());
        };
    return new DatabaseContext(
        identity,
        true,
        null,
        null,
        null,
        ledger,
        ledger.track(Footprint.ofDefinitions()),
        null,
        reader,
        null,
        null,
        false,
        null);
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
