package dev.larder.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.jdbc.LarderDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.beans.factory.config.Scope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** DataSources that an application makes itself: several, routers, decorators, other scopes. */
class OtherDataSourcesTest {

  @AfterEach
  void leaveTheScopeEmpty() {
    emptyScope();
  }

  /** The scope is the JVM's: another context would find the beans of this one. */
  static void emptyScope() {
    SCOPE.replace();
  }

  private static HikariDataSource newPool() {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(Application.newDatabase());
    pool.setMaximumPoolSize(2);
    return pool;
  }

  private static ConfigurableApplicationContext run(Class<?> beans, String... properties) {
    String[] all = new String[properties.length + 1];
    all[0] = Application.WITHOUT_JPA;
    System.arraycopy(properties, 0, all, 1, properties.length);
    return Application.run(List.of(Application.Plain.class, beans), all);
  }

  private static Collection<String> names(ConfigurableApplicationContext context) {
    return context.getBean(LarderDataSources.class).all().keySet();
  }

  /** Two pools. */
  @Configuration(proxyBeanMethods = false)
  static class Two {
    @Bean
    @Primary
    HikariDataSource orders() {
      return newPool();
    }

    @Bean
    DataSource reports() {
      return newPool();
    }
  }

  @Test
  void everyDataSourceIsWrappedOrThoseThatAreNamed() {
    try (ConfigurableApplicationContext context = run(Two.class)) {
      assertThat(names(context)).containsExactly("orders", "reports");
    }
    try (ConfigurableApplicationContext context = run(Two.class, "larder.data-sources=reports")) {
      assertThat(names(context)).containsExactly("reports");
      assertThat(context.getBean("orders")).isInstanceOf(HikariDataSource.class);
    }
  }

  /** A router between pools, one of them a bean. */
  @Configuration(proxyBeanMethods = false)
  static class Routed {
    @Bean
    DataSource european() {
      return newPool();
    }

    @Bean
    @Primary
    Router router(@Qualifier("european") DataSource european) {
      DataSource american = newPool();
      Router router = new Router();
      router.setTargetDataSources(Map.of("eu", european, "us", american, "ca", american));
      router.setDefaultTargetDataSource(american);
      return router;
    }
  }

  /** Routes by what a thread says. */
  static final class Router extends AbstractRoutingDataSource {
    private final ThreadLocal<String> region = ThreadLocal.withInitial(() -> "us");

    @Override
    protected Object determineCurrentLookupKey() {
      return region.get();
    }
  }

  @Test
  void theTargetsOfARouterAreWrappedOnceEachAndTheRouterIsNot() throws SQLException {
    try (ConfigurableApplicationContext context = run(Routed.class)) {
      Router router = context.getBean(Router.class);
      Map<Object, DataSource> targets = router.getResolvedDataSources();
      assertThat(targets.values()).allMatch(LarderDataSource.class::isInstance);
      assertThat(targets.get("us")).isSameAs(targets.get("ca"));
      assertThat(router.getResolvedDefaultDataSource()).isSameAs(targets.get("us"));
      assertThat(targets.get("eu")).isSameAs(context.getBean("european"));
      assertThat(names(context)).hasSize(2).contains("european");
      router.region.set("eu");
      try (Connection connection = router.getConnection()) {
        assertThat(connection.isWrapperFor(Connection.class)).isTrue();
      }
    }
  }

  /** Sets the tenant of whoever asks; over a bean, and over a pool of its own. */
  @Configuration(proxyBeanMethods = false)
  static class Decorated {
    @Bean
    HikariDataSource pool() {
      return newPool();
    }

    @Bean
    @Primary
    DataSource tenants(@Qualifier("pool") DataSource pool) {
      return new Decorator(() -> pool);
    }

    @Bean
    DataSource alone() {
      DataSource own = newPool();
      return new Decorator(() -> own);
    }
  }

  /** A DataSource of a class that nobody knows. */
  record Decorator(Supplier<DataSource> target) implements DataSource {
    @Override
    public Connection getConnection() throws SQLException {
      return target.get().getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return target.get().getConnection(user, password);
    }

    @Override
    public java.io.PrintWriter getLogWriter() throws SQLException {
      return target.get().getLogWriter();
    }

    @Override
    public void setLogWriter(java.io.PrintWriter out) throws SQLException {
      target.get().setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
      target.get().setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
      return target.get().getLoginTimeout();
    }

    @Override
    public java.util.logging.Logger getParentLogger() {
      return java.util.logging.Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("is no " + type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }

  @Test
  void whatDecoratesABeanIsLeftAndSoIsWhatNobodyKnows() {
    try (ConfigurableApplicationContext context = run(Decorated.class)) {
      assertThat(names(context)).containsExactly("pool");
      assertThat(context.getBean("tenants")).isInstanceOf(Decorator.class);
      assertThat(context.getBean("alone")).isInstanceOf(Decorator.class);
    }
    try (ConfigurableApplicationContext context =
        run(Decorated.class, "larder.data-sources=alone")) {
      assertThat(names(context)).containsExactly("alone");
    }
  }

  /** Connections that are opened late. */
  @Configuration(proxyBeanMethods = false)
  static class Lazy {
    @Bean
    DataSource pool() {
      return newPool();
    }

    @Bean
    @Primary
    LazyConnectionDataSourceProxy lazy(@Qualifier("pool") DataSource pool) {
      return new LazyConnectionDataSourceProxy(pool);
    }

    @Bean
    DelegatingDataSource inline() {
      return new LazyConnectionDataSourceProxy(new DelegatingDataSource(newPool()));
    }
  }

  @Test
  void larderIsBelowWhatHandsCallsOn() {
    try (ConfigurableApplicationContext context = run(Lazy.class)) {
      assertThat(names(context)).containsExactly("inline", "pool");
      LazyConnectionDataSourceProxy lazy =
          context.getBean("lazy", LazyConnectionDataSourceProxy.class);
      assertThat(lazy.getTargetDataSource()).isSameAs(context.getBean("pool"));
      DelegatingDataSource inner =
          (DelegatingDataSource)
              context.getBean("inline", DelegatingDataSource.class).getTargetDataSource();
      assertThat(inner.getTargetDataSource()).isInstanceOf(LarderDataSource.class);
    }
  }

  /** A scope whose objects are replaced, as Spring Cloud's refresh scope does. */
  static final class Replaceable implements Scope {
    private final Map<String, Object> objects = new HashMap<>();
    private final List<Runnable> ends = new ArrayList<>();

    @Override
    public Object get(String name, ObjectFactory<?> maker) {
      return objects.computeIfAbsent(name, n -> maker.getObject());
    }

    @Override
    public @Nullable Object remove(String name) {
      return objects.remove(name);
    }

    @Override
    public void registerDestructionCallback(String name, Runnable callback) {
      ends.add(callback);
    }

    @Override
    public @Nullable Object resolveContextualObject(String key) {
      return null;
    }

    @Override
    public @Nullable String getConversationId() {
      return null;
    }

    void replace() {
      objects.clear();
      List.copyOf(ends).forEach(Runnable::run);
      ends.clear();
    }
  }

  private static final Replaceable SCOPE = new Replaceable();

  /** Pools in that scope, declared by the interface and by the class. */
  @Configuration(proxyBeanMethods = false)
  static class Scoped {
    @Bean
    static CustomScopeConfigurer scope() {
      CustomScopeConfigurer configurer = new CustomScopeConfigurer();
      configurer.addScope("replaceable", SCOPE);
      return configurer;
    }

    @Bean
    @Primary
    @org.springframework.context.annotation.Scope(
        scopeName = "replaceable",
        proxyMode = ScopedProxyMode.TARGET_CLASS)
    DataSource byInterface() {
      return newPool();
    }

    @Bean
    @org.springframework.context.annotation.Scope(
        scopeName = "replaceable",
        proxyMode = ScopedProxyMode.TARGET_CLASS)
    HikariDataSource byClass() {
      return newPool();
    }
  }

  @Test
  void whatIsReplacedGetsALarderOfItsOwn() throws SQLException {
    try (ConfigurableApplicationContext context = run(Scoped.class)) {
      DataSource scoped = context.getBean("byInterface", DataSource.class);
      ask(scoped);
      LarderDataSource before = wrapped(context);
      SCOPE.replace();
      assertThat(before.isClosed()).isTrue();
      ask(scoped);
      assertThat(wrapped(context)).isNotSameAs(before);
      ask(context.getBean("byClass", DataSource.class));
      assertThat(names(context)).containsExactly("byInterface");
    }
  }

  private static LarderDataSource wrapped(ConfigurableApplicationContext context) {
    return context.getBean(LarderDataSources.class).find("byInterface").orElseThrow();
  }

  private static void ask(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      assertThat(connection.createStatement().executeQuery("select 1").next()).isTrue();
    }
  }
}
