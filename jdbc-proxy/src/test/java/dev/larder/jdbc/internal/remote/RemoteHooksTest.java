package dev.larder.jdbc.internal.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.InvalidSettingsException;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import dev.larder.testkit.Databases;
import dev.larder.testkit.FreePort;
import dev.larder.testkit.TestDatabase;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URL;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The hooks, called by scripts and by JMX. */
class RemoteHooksTest {

  private static final String TOKEN = "a token that nobody guesses";
  private static final String READ = "select title from book where id = 1";

  private TestDatabase database;

  @BeforeEach
  void shelve() {
    database = Databases.h2();
    database.execute(
        "create table book (id int primary key, title varchar(50))",
        "insert into book values (1, 'v0')");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private LarderDataSource.Builder larder() {
    return LarderDataSource.builder()
        .url(database.url())
        .username(database.username())
        .password(database.password())
        .setting(Setting.WRITERS, "this-jvm");
  }

  private static String read(LarderDataSource larder, String sql) throws SQLException {
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static int status(int port, String method, String path, String authorization)
      throws IOException {
    HttpURLConnection request =
        (HttpURLConnection) new URL("http://127.0.0.1:" + port + path).openConnection();
    request.setRequestMethod(method);
    if (!authorization.isEmpty()) {
      request.setRequestProperty("Authorization", authorization);
    }
    try {
      return request.getResponseCode();
    } finally {
      request.disconnect();
    }
  }

  @Test
  void aScriptWithTheTokenSaysWhatHasChanged() throws Exception {
    int port = FreePort.next();
    try (LarderDataSource larder =
        larder()
            .setting(Setting.INVALIDATION_HTTP_PORT, String.valueOf(port))
            .setting(Setting.INVALIDATION_HTTP_TOKEN, TOKEN)
            .build()) {
      int version = 0;
      for (String query :
          new String[] {
            "?table=book",
            "?everything",
            "?table=book&column=id&value=1",
            "?table=no%20such",
            "?tag=x"
          }) {
        String tagged = "/* larder(tag=x) */ " + READ;
        String before = read(larder, tagged);
        database.execute("update book set title = 'v" + ++version + "'");
        assertThat(read(larder, tagged)).as("from memory").isEqualTo(before);
        assertThat(status(port, "POST", "/invalidate" + query, "")).isEqualTo(401);
        assertThat(status(port, "POST", "/invalidate" + query, "Bearer " + TOKEN + "r"))
            .isEqualTo(401);
        assertThat(read(larder, tagged)).as("still from memory").isEqualTo(before);
        assertThat(status(port, "POST", "/invalidate" + query, "Bearer " + TOKEN)).isEqualTo(200);
        assertThat(read(larder, tagged)).as(query).isEqualTo("v" + version);
      }
      String bearer = "Bearer " + TOKEN;
      assertThat(status(port, "GET", "/invalidate?everything", bearer)).isEqualTo(405);
      assertThat(status(port, "POST", "/invalidate", bearer)).isEqualTo(400);
      assertThat(status(port, "POST", "/invalidate?table=a&tag=b", bearer)).isEqualTo(400);
      assertThat(status(port, "POST", "/invalidate?table=a&table=b", bearer)).isEqualTo(400);
      assertThat(status(port, "GET", "/elsewhere", bearer)).isEqualTo(404);
      assertThat(status(port, "GET", "/sources", bearer)).isEqualTo(200);
      assertThatThrownBy(
              () ->
                  larder()
                      .setting(Setting.INVALIDATION_HTTP_PORT, String.valueOf(port))
                      .setting(Setting.INVALIDATION_HTTP_TOKEN, TOKEN)
                      .build())
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining("cannot listen")
          .hasMessageNotContaining(TOKEN);
    }
    assertThatThrownBy(() -> status(port, "GET", "/sources", "Bearer " + TOKEN))
        .as("closed with the data source")
        .isInstanceOf(IOException.class);
  }

  @Test
  void noServerAndNoNodesWithoutTheirSecrets() {
    assertThatThrownBy(
            () ->
                larder()
                    .setting(Setting.INVALIDATION_HTTP_PORT, "8099")
                    .setting(Setting.INVALIDATION_HTTP_TOKEN, "short")
                    .setting(Setting.INVALIDATION_REDIS, "http://user:hidden@host")
                    .build())
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("larder.invalidation.http.token")
        .hasMessageContaining("larder.invalidation.redis: must be")
        .hasMessageNotContaining("short")
        .hasMessageNotContaining("hidden");
    assertThatThrownBy(() -> larder().setting(Setting.INVALIDATION_REDIS, "redis://host").build())
        .hasMessageContaining("larder.invalidation.redis.secret: must be set")
        .hasMessageContaining(
            "larder.invalidation.redis: the dependency dev.larder:larder-redis must be on the class"
                + " path or the module path");
    assertThatThrownBy(() -> larder().setting(Setting.INVALIDATION_HTTP_PORT, "8099").build())
        .hasMessageContaining("larder.invalidation.http.token: must be set");
  }

  @Test
  void theHooksAreOperationsOfAnMBean() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName pattern = new ObjectName("dev.larder:type=Invalidation,*");
    assertThat(server.queryNames(pattern, null)).isEmpty();
    try (LarderDataSource larder = larder().setting(Setting.INVALIDATION_JMX, "true").build()) {
      Set<ObjectName> names = server.queryNames(pattern, null);
      assertThat(names).hasSize(1);
      ObjectName bean = names.iterator().next();
      Object[][] calls = {
        {"table", new Object[] {"book"}},
        {"rows", new Object[] {"book", "id", "1"}},
        {"everything", new Object[0]}
      };
      int version = 0;
      for (Object[] call : calls) {
        String before = read(larder, READ);
        database.execute("update book set title = 'v" + ++version + "'");
        assertThat(read(larder, READ)).as("from memory").isEqualTo(before);
        server.invoke(bean, (String) call[0], (Object[]) call[1], null);
        assertThat(read(larder, READ)).isEqualTo("v" + version);
      }
      assertThat((String[]) server.getAttribute(bean, "Sources")).isEmpty();
      assertThat(server.getMBeanInfo(bean).getOperations()).hasSize(4);
      assertThatThrownBy(() -> server.invoke(bean, "drop", null, null)).isNotNull();
    }
    assertThat(server.queryNames(pattern, null)).isEmpty();
  }
}
