package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.jdbc.internal.pool.KnownDataSources;
import dev.larder.jdbc.internal.settings.SettingsText;
import dev.larder.testkit.Databases;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.StringRefAddr;
import javax.sql.DataSource;
import org.apache.naming.ResourceRef;
import org.apache.naming.factory.BeanFactory;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

class LarderDataSourceTest {

  @EachDatabase
  void everyFormReachesTheDatabase(TestDatabase database) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    try (LarderDataSource wrapped = LarderDataSource.wrap(database.dataSource(), settings);
        LarderDataSource built =
            LarderDataSource.builder()
                .url(database.url())
                .username(database.username())
                .password(database.password())
                .setting(Setting.POOL_MAXIMUM_SIZE, "2")
                .build();
        LarderDataSource bean = bean(database)) {
      for (LarderDataSource dataSource : new LarderDataSource[] {wrapped, built, bean}) {
        assertThat(dataSource.statistics().borrowedConnections()).isZero();
        assertThat(one(dataSource)).isEqualTo(1);
        assertThat(dataSource.statistics().borrowedConnections()).isPositive();
        if (!database.password().isEmpty()) {
          assertThat(dataSource.toString()).doesNotContain(database.password());
        }
      }
    }
  }

  private static LarderDataSource bean(TestDatabase database) {
    LarderDataSource bean = new LarderDataSource();
    bean.setUrl("jdbc:larder:" + database.url().substring("jdbc:".length()));
    bean.setUsername(database.username());
    bean.setPassword(database.password());
    bean.setSettings("larder.writers=this-jvm; larder.max-staleness=2s\nlarder.cache.max-load-wait=1s");
    return bean;
  }

  @EachDatabase
  void springBootsBuilderConfiguresIt(TestDatabase database) throws SQLException {
    try (LarderDataSource built =
        DataSourceBuilder.create()
            .type(LarderDataSource.class)
            .url(database.url())
            .username(database.username())
            .password(database.password())
            .driverClassName(LarderDriver.class.getName())
            .build()) {
      assertThat(one(built)).isEqualTo(1);
    }
  }

  @Test
  void isABeanWithTheFixedProperties() throws Exception {
    Map<String, PropertyDescriptor> properties =
        Stream.of(Introspector.getBeanInfo(LarderDataSource.class).getPropertyDescriptors())
            .collect(Collectors.toMap(PropertyDescriptor::getName, property -> property));
    Map<String, String> values =
        Map.of(
            "url",
            "jdbc:h2:mem:",
            "username",
            "sa",
            "password",
            "",
            "settings",
            "larder.enabled=false");
    LarderDataSource bean = new LarderDataSource();
    for (Map.Entry<String, String> value : values.entrySet()) {
      property(properties, value.getKey()).getWriteMethod().invoke(bean, value.getValue());
    }
    assertThat(property(properties, "url").getReadMethod().invoke(bean)).isEqualTo("jdbc:h2:mem:");
    assertThat(property(properties, "password").getReadMethod()).isNull();
    assertThat(one(bean)).isEqualTo(1);
    assertThatThrownBy(() -> bean.setUrl("jdbc:h2:mem:other"))
        .isInstanceOf(IllegalStateException.class);
    bean.close();
  }

  private static PropertyDescriptor property(
      Map<String, PropertyDescriptor> properties, String name) {
    return Objects.requireNonNull(properties.get(name), name);
  }

  /** As Tomcat makes a DataSource from a Resource element of its configuration. */
  @Test
  void tomcatsBeanFactoryConfiguresIt() throws Exception {
    ResourceRef resource =
        new ResourceRef(LarderDataSource.class.getName(), null, null, null, true);
    resource.add(new StringRefAddr("url", "jdbc:larder:h2:mem:"));
    resource.add(new StringRefAddr("username", "sa"));
    resource.add(new StringRefAddr("password", ""));
    resource.add(new StringRefAddr("settings", "larder.writers=this-jvm; larder.max-staleness=2s"));
    Object made = new BeanFactory().getObjectInstance(resource, null, null, null);
    assertThat(made).isInstanceOf(LarderDataSource.class);
    try (LarderDataSource dataSource = (LarderDataSource) made) {
      assertThat(one(dataSource)).isEqualTo(1);
    }
  }

  @Test
  void whatABeanWasToldWronglyShowsAtItsFirstUse() {
    LarderDataSource bean = new LarderDataSource();
    bean.setSettings("larder.writers=me; larder.cache.maxbytes=1GB; nonsense");
    assertThatThrownBy(bean::getConnection)
        .isInstanceOf(SQLException.class)
        .hasFieldOrPropertyWithValue("SQLState", "22023")
        .hasMessageContainingAll("url: a URL or a DataSource must be given", "'nonsense'");
    bean.setSettings("larder.writers=me; larder.cache.maxbytes=1GB");
    bean.setUrl("jdbc:h2:mem:");
    assertThatThrownBy(bean::getConnection)
        .hasMessageContainingAll("larder.writers = me", "did you mean larder.cache.max-bytes?");
    assertThatThrownBy(bean::invalidation).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theBuilderNamesEveryMistake() {
    LarderDataSource.Builder builder =
        LarderDataSource.builder()
            .url("jdbc:h2:mem:")
            .dataSource(new DriverManagerDataSource())
            .username("sa")
            .setting(Setting.MAX_STALENESS, "5");
    assertThatThrownBy(builder::build)
        .isInstanceOfSatisfying(
            InvalidSettingsException.class, invalid -> assertThat(invalid.problems()).hasSize(3));
    assertThatThrownBy(() -> LarderDataSource.builder().url("jdbc:nosuchproduct:x").build())
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("no suitable driver");
  }

  @Test
  void declarationsOfFunctionsKeepTheirSemicolons() {
    assertThat(
            SettingsText.parse(
                "larder.functions=a=immutable; b=reads(x.y); larder.writers=this-jvm"))
        .containsExactly(
            Map.entry("larder.functions", "a=immutable; b=reads(x.y)"),
            Map.entry("larder.writers", "this-jvm"));
  }

  @Test
  void aPoolOfTheApplicationIsUsedAsItIsAndNotClosed() throws SQLException {
    try (TestDatabase database = Databases.fresh(Product.H2);
        HikariDataSource hikari = new HikariDataSource()) {
      hikari.setDataSource(database.dataSource());
      LarderDataSource larder = LarderDataSource.wrap(new LazyConnectionDataSourceProxy(hikari));
      assertThat(one(larder)).isEqualTo(1);
      assertThat(hikari.getHikariPoolMXBean().getActiveConnections()).isZero();
      assertThat(hikari.getHikariPoolMXBean().getTotalConnections()).isPositive();
      larder.close();
      assertThat(hikari.isClosed()).isFalse();
      assertThatThrownBy(larder::getConnection)
          .isInstanceOf(SQLException.class)
          .hasFieldOrPropertyWithValue("SQLState", "08003");
    }
  }

  @Test
  void aDataSourceThatLooksAtItsCallerIsRecognised() {
    DataSource plain = new DriverManagerDataSource("jdbc:h2:mem:");
    AbstractRoutingDataSource router =
        new AbstractRoutingDataSource() {
          @Override
          protected Object determineCurrentLookupKey() {
            return "a";
          }
        };
    assertThat(KnownDataSources.whyNoCaching(new LazyConnectionDataSourceProxy(router)))
        .hasValueSatisfying(why -> assertThat(why).contains("for each caller"));
    assertThat(KnownDataSources.whyNoCaching(new TransactionAwareDataSourceProxy(plain)))
        .isPresent();
    assertThat(KnownDataSources.whyNoCaching(plain)).isEmpty();
    assertThat(KnownDataSources.whyNoCaching(new LazyConnectionDataSourceProxy(plain))).isEmpty();
  }

  @Test
  void whatIsBelowIsNotGivenOut() throws SQLException {
    try (HikariDataSource hikari = new HikariDataSource();
        LarderDataSource larder = LarderDataSource.wrap(hikari)) {
      assertThat(larder.unwrap(LarderDataSource.class)).isSameAs(larder);
      assertThat(larder.unwrap(DataSource.class)).isSameAs(larder);
      assertThat(larder.isWrapperFor(HikariDataSource.class)).isFalse();
      assertThatThrownBy(() -> larder.unwrap(HikariDataSource.class))
          .isInstanceOf(SQLException.class);
    }
  }

  private static int one(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
