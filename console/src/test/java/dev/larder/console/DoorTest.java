package dev.larder.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.console.ShownDataSource.Answer;
import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may see and change something: the one who was told the token, from this machine. */
final class DoorTest {

  private static final String READ = "select title from book where id = 1";
  private static final List<String> PAGES =
      List.of("/", "/console.js", "/api/show/status", "/api/history", "/api/reasons", "/nowhere");
  private static final String JSON = "Content-Type: application/json";
  private static final String EVERYTHING = "{\"everything\": true}";

  private TestDatabase database;
  private ShownDataSource shown;

  @BeforeEach
  void open() throws IOException {
    database = Databases.h2();
    database.execute(
        "create table book (id int primary key, title varchar(50))",
        "insert into book values (1, 'old')");
    shown = ShownDataSource.over(database);
  }

  @AfterEach
  void close() {
    shown.close();
    database.close();
  }

  private int status(String method, String path, String... headers) throws IOException {
    return shown.send(method, path, List.of(headers), null).status();
  }

  private int post(@Nullable String body, String... headers) throws IOException {
    return shown.send("POST", "/api/forget", List.of(headers), body).status();
  }

  private String hostHeader() {
    return "Host: " + shown.host();
  }

  @Test
  void theLogHasOneLineWithTheAddressAndTheTokenIsNewAtEachStart() throws IOException {
    assertThat(shown.token).hasSizeGreaterThanOrEqualTo(32);
    assertThat(shown.log.lines().filter(line -> line.contains(shown.token))).hasSize(1);
    try (ShownDataSource another = ShownDataSource.over(database)) {
      assertThat(another.token).isNotEqualTo(shown.token).isNotEmpty();
      assertThat(shown.get("/").status()).isEqualTo(200);
      assertThat(another.send("GET", "/", List.of(hostHeader(), shown.bearer()), null).status())
          .as("the token of one opens no other")
          .isEqualTo(401);
    }
  }

  @Test
  void nobodySeesAnythingWithoutTheToken() throws IOException {
    for (String page : PAGES) {
      assertThat(status("GET", page, hostHeader())).as(page).isEqualTo(401);
      for (String wrong : List.of("", "x", shown.token + "x", shown.token.substring(1))) {
        assertThat(status("GET", page, hostHeader(), "Authorization: Bearer " + wrong))
            .as(page)
            .isEqualTo(401);
        assertThat(status("GET", page + "?token=" + wrong, hostHeader())).as(page).isEqualTo(401);
        assertThat(
                status(
                    "GET",
                    page,
                    hostHeader(),
                    "Cookie: larder-console-" + shown.port + "=" + wrong))
            .as(page)
            .isEqualTo(401);
      }
    }
    assertThat(status("GET", "/api/show/status?token=" + shown.token, hostHeader()))
        .as("an address with the token is good for the page alone")
        .isEqualTo(401);
    assertThat(post(EVERYTHING, hostHeader(), JSON)).isEqualTo(401);
  }

  @Test
  void aBrowserShowsTheTokenOnceAndThenACookie() throws IOException {
    Answer page = shown.send("GET", "/?token=" + shown.token, List.of(hostHeader()), null);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Set-Cookie"))
        .startsWith("larder-console-" + shown.port + "=")
        .contains("HttpOnly", "SameSite=Strict")
        .doesNotContain(shown.token);
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.header("Cache-Control")).isEqualTo("no-store");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    String cookie = shown.cookie();
    for (String path : PAGES.subList(0, PAGES.size() - 1)) {
      assertThat(status("GET", path, hostHeader(), cookie)).as(path).isEqualTo(200);
      assertThat(status("GET", path, "Host: localhost:9000", shown.bearer()))
          .as("through a tunnel")
          .isEqualTo(200);
    }
    assertThat(status("GET", "/nowhere", hostHeader(), cookie)).isEqualTo(404);
    assertThat(status("DELETE", "/", hostHeader(), cookie)).isEqualTo(405);
  }

  @Test
  void aNameThatSomebodyElseLetsPointHereIsRefused() throws IOException {
    for (String host :
        List.of(
            "Host: evil.example",
            "Host: evil.example:" + shown.port,
            "Host: 127.0.0.1.evil.example",
            "Host: localhost.evil.example:" + shown.port,
            "Host: ",
            "X: no host")) {
      assertThat(status("GET", "/?token=" + shown.token, host)).as(host).isIn(400, 403);
      assertThat(status("GET", "/api/show/status", host, shown.bearer())).as(host).isIn(400, 403);
      assertThat(post(EVERYTHING, host, shown.bearer(), JSON)).as(host).isIn(400, 403);
    }
  }

  @Test
  void aPageOfAnotherSiteChangesNothing() throws Exception {
    String own = "Origin: http://" + shown.host();
    String cookie = shown.cookie();
    assertThat(shown.read(READ)).isEqualTo("old");
    database.execute("update book set title = 'new'");

    assertThat(post(EVERYTHING, hostHeader(), cookie, JSON)).isEqualTo(403);
    for (String foreign :
        List.of("http://evil.example", "null", "https://" + shown.host(), "http://127.0.0.1:1")) {
      assertThat(post(EVERYTHING, hostHeader(), cookie, JSON, "Origin: " + foreign))
          .as(foreign)
          .isEqualTo(403);
      assertThat(post(EVERYTHING, hostHeader(), shown.bearer(), JSON, "Origin: " + foreign))
          .as(foreign)
          .isEqualTo(403);
    }
    for (String site : List.of("cross-site", "same-site")) {
      assertThat(post(EVERYTHING, hostHeader(), cookie, JSON, own, "Sec-Fetch-Site: " + site))
          .isEqualTo(403);
      assertThat(status("GET", "/api/show/status", hostHeader(), cookie, "Sec-Fetch-Site: " + site))
          .isEqualTo(403);
    }
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "application")) {
      assertThat(post(EVERYTHING, hostHeader(), cookie, own, "Content-Type: " + type))
          .as(type)
          .isEqualTo(415);
    }
    assertThat(shown.read(READ)).as("nothing was forgotten").isEqualTo("old");

    assertThat(post(EVERYTHING, hostHeader(), cookie, JSON, own, "Sec-Fetch-Site: same-origin"))
        .isEqualTo(200);
    assertThat(shown.read(READ)).isEqualTo("new");
  }

  @Test
  void aBodyIsBounded() throws IOException {
    String table = "{\"table\": \"" + "t".repeat(2_000) + "\"}";
    assertThat(post(table, hostHeader(), shown.bearer(), JSON)).isEqualTo(413);
    for (String wrong : List.of("", "{}", "[]", "{\"table\": 1}", "{\"table\": \"a\", \"b\": 1}")) {
      assertThat(post(wrong, hostHeader(), shown.bearer(), JSON)).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void onlyThisMachineIsListenedTo() throws IOException {
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(each.getInetAddresses())) {
        if (address instanceof Inet4Address && !address.isLoopbackAddress()) {
          assertThatThrownBy(
                  () -> {
                    try (Socket socket = new Socket()) {
                      socket.connect(new InetSocketAddress(address, shown.port), 5_000);
                    }
                  })
              .as(address.toString())
              .isInstanceOf(IOException.class);
        }
      }
    }
  }

  @Test
  void itEndsWithTheDataSource() throws IOException {
    assertThat(shown.get("/").status()).isEqualTo(200);
    shown.larder.close();
    assertThatThrownBy(() -> shown.get("/")).isInstanceOf(IOException.class);
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("larder-console"))
        .allMatch(Thread::isDaemon);
    try (ShownDataSource next = ShownDataSource.over(database, shown.port)) {
      assertThat(next.get("/").status()).as("the port is free again").isEqualTo(200);
    }
  }

  @Test
  void whereThePortIsTakenQueriesAreAnsweredAllTheSame() throws Exception {
    try (ShownDataSource second = ShownDataSource.over(database, shown.port)) {
      assertThat(second.token).isEmpty();
      assertThat(second.log)
          .contains("larder.console.port = " + shown.port, "has no console", "already in use");
      assertThat(second.read(READ)).isEqualTo("old");
    }
    assertThat(shown.get("/").status()).isEqualTo(200);
  }
}
