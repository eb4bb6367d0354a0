package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.internal.settings.LarderUrl;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LarderDriverTest {

  @EachDatabase
  void answersThroughDriverManager(TestDatabase database) throws SQLException {
    database.execute("CREATE TABLE book (id INT PRIMARY KEY)", "INSERT INTO book VALUES (7)");
    String url = larder(database.url());
    String setting =
        (database.product() == Product.H2 ? ";" : url.contains("?") ? "&" : "?")
            + "larder.max-staleness=2s";
    for (int i = 0; i < 3; i++) {
      try (Connection connection =
              DriverManager.getConnection(url + setting, database.username(), database.password());
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT id FROM book")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(7);
      }
    }
  }

  @EachDatabase
  void wrongCredentialsAreRefusedAtOnceByTheDatabase(TestDatabase database) throws SQLException {
    String url = larder(database.url());
    try (Connection right =
        DriverManager.getConnection(url, database.username(), database.password())) {
      assertThat(right.isClosed()).isFalse();
    }
    assertThatThrownBy(() -> DriverManager.getConnection(url, database.username(), "wrong"))
        .isInstanceOf(SQLException.class)
        .satisfies(thrown -> assertThat(((SQLException) thrown).getSQLState()).startsWith("28"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:larder:postgresql://h:1/db?a=b&larder.writers=this-jvm&c=d |"
            + " jdbc:postgresql://h:1/db?a=b&c=d",
        "jdbc:larder:postgresql://h/db?larder.writers=this-jvm&c=d | jdbc:postgresql://h/db?c=d",
        "jdbc:larder:mariadb://h/db?larder.writers=this-jvm | jdbc:mariadb://h/db",
        "jdbc:larder:h2:mem:x;MODE=PostgreSQL;larder.writers=this-jvm;INIT=A\\;B |"
            + " jdbc:h2:mem:x;MODE=PostgreSQL;INIT=A\\;B",
        "jdbc:larder:h2:mem:x;larder.writers=this%2Djvm | jdbc:h2:mem:x",
        "jdbc:larder:sqlserver://h:1;databaseName=a;larder.writers=this-jvm; |"
            + " jdbc:sqlserver://h:1;databaseName=a;"
      })
  void settingsAreTakenOutOfTheUrlAndTheRestIsAsItWas(String url, String driverUrl) {
    assertThat(LarderUrl.parse(url))
        .isEqualTo(new LarderUrl(driverUrl, Map.of("larder.writers", "this-jvm")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:larder:",
        "jdbc:larder:postgresql",
        "jdbc:larder::x",
        "jdbc:larder://host/db",
        "jdbc:larder:larder:h2:mem:x",
        "jdbc:larder:nosuchproduct:x",
        "jdbc:larder:h2:mem:x;larder.enabled=true;larder.enabled=false",
        "jdbc:larder:h2:mem:x;larder.enabled=%zz"
      })
  void aMalformedUrlIsRefusedWithAReason(String url) {
    assertThatThrownBy(() -> DriverManager.getConnection(url, "sa", "s3cret"))
        .isInstanceOf(SQLException.class)
        .hasFieldOrPropertyWithValue("SQLState", "08001")
        .hasMessageNotContaining("s3cret")
        .message()
        .isNotBlank();
  }

  @Test
  void aProductWithoutDriverIsNamed() {
    assertThatThrownBy(
            () -> DriverManager.getConnection("jdbc:larder:nosuchproduct://h/x?password=y"))
        .hasMessageStartingWith("no suitable driver for jdbc:nosuchproduct://h/x;");
  }

  @Test
  void everyWrongSettingOfUrlAndPropertiesIsInOneException() {
    Properties properties = new Properties();
    properties.setProperty("user", "sa");
    properties.setProperty("larder.max-stalenes", "5s");
    properties.setProperty("larder.enabled", "false");
    assertThatThrownBy(
            () ->
                DriverManager.getConnection(
                    "jdbc:larder:h2:mem:x;larder.writers=me;larder.enabled=true", properties))
        .isInstanceOf(SQLException.class)
        .hasFieldOrPropertyWithValue("SQLState", "22023")
        .hasMessageContainingAll(
            "3 settings",
            "larder.writers = me: must be one of anyone, larder-nodes, this-jvm",
            "did you mean larder.max-staleness?",
            "larder.enabled: given twice");
  }

  @Test
  void otherUrlsAreLeftToOtherDrivers() throws SQLException {
    Driver driver = new LarderDriver();
    assertThat(driver.acceptsURL("jdbc:h2:mem:x")).isFalse();
    assertThat(driver.acceptsURL("jdbc:larderer:h2:mem:x")).isFalse();
    assertThat(driver.connect("jdbc:h2:mem:x", new Properties())).isNull();
    assertThat(driver.jdbcCompliant()).isFalse();
  }

  @Test
  void listsItsOwnPropertiesAndTheDriversOwn() throws SQLException {
    DriverPropertyInfo[] list =
        new LarderDriver()
            .getPropertyInfo(
                "jdbc:larder:postgresql://h/db?larder.enabled=false", new Properties());
    assertThat(Arrays.stream(list).map(property -> property.name))
        .startsWith(Arrays.stream(Setting.values()).map(Setting::property).toArray(String[]::new))
        .contains("sslmode");
    assertThat(list[Setting.ENABLED.ordinal()].value).isEqualTo("false");
    assertThat(list[Setting.WRITERS.ordinal()].choices)
        .containsExactly("anyone", "larder-nodes", "this-jvm");
  }

  @Test
  void deregisteringClosesWhatConnectionsShared() throws SQLException {
    String url = "jdbc:larder:h2:mem:deregistered";
    Driver registered = DriverManager.getDriver(url);
    Connection open = registered.connect(url, credentials());
    try (Statement statement = open.createStatement()) {
      statement.execute("CREATE TABLE kept (id INT)");
    }
    open.close();
    // The pool keeps a connection, and that keeps the database in memory.
    try (Connection again = registered.connect(url, credentials());
        Statement statement = again.createStatement()) {
      statement.executeQuery("SELECT * FROM kept").close();
    }
    DriverManager.deregisterDriver(registered);
    try {
      assertThatThrownBy(
              () -> {
                try (Connection plain =
                        DriverManager.getConnection("jdbc:h2:mem:deregistered", "sa", "");
                    Statement statement = plain.createStatement()) {
                  statement.executeQuery("SELECT * FROM kept").close();
                }
              })
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("not found");
    } finally {
      LarderDriver.register();
    }
  }

  private static Properties credentials() {
    Properties credentials = new Properties();
    credentials.setProperty("user", "sa");
    credentials.setProperty("password", "");
    return credentials;
  }

  private static String larder(String url) {
    return "jdbc:larder:" + url.substring("jdbc:".length());
  }
}
