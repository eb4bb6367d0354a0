package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import dev.larder.testkit.Databases;
import dev.larder.testkit.FreePort;
import dev.larder.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Symptom: with the hooks open by HTTP a program whose {@code main} had ended went on for ever; and
 * two requests that were begun and never finished, without a token, kept everybody else waiting.
 */
class HookServerTest {

  private static final String TOKEN = "a token that nobody guesses";
  private static final int PATIENCE_MILLIS = 20_000;

  /** What a program does that ends without closing anything. */
  static final class Program {
    private Program() {}

    public static void main(String[] port) throws SQLException {
      LarderDataSource larder = larder("jdbc:h2:mem:program", "sa", "", Integer.parseInt(port[0]));
      larder.getConnection().close();
      System.out.println("main ends");
    }
  }

  @Test
  void aProgramEndsWithItsMain() throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                String.valueOf(FreePort.next()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(program.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
      assertThat(new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("main ends");
      assertThat(program.exitValue()).isZero();
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void halfARequestKeepsNobodyWaitingAndIsCut() throws Exception {
    int port = FreePort.next();
    List<Socket> halves = new ArrayList<>();
    try (TestDatabase database = Databases.h2();
        LarderDataSource larder =
            larder(database.url(), database.username(), database.password(), port)) {
      assertThat(larder.statistics().hits()).isZero();
      String[] beginnings = {
        "POST /inval",
        "POST /invalidate?everything HTTP/1.1\r\nHost: here\r\n",
        "POST /invalidate?everything HTTP/1.1\r\nAuthorization: Bearer wrong\r\nX: ",
      };
      for (int i = 0; i < 30; i++) {
        halves.add(send(port, beginnings[i % beginnings.length]));
      }
      try (Socket whole = send(port, request("Bearer " + TOKEN, ""))) {
        assertThat(status(whole)).isEqualTo(200);
      }
      for (Socket half : halves) {
        assertThat(end(half)).as("it is cut").isTrue();
      }
    } finally {
      for (Socket half : halves) {
        half.close();
      }
    }
  }

  @Test
  void aBodyIsNotWaitedFor() throws Exception {
    int port = FreePort.next();
    try (TestDatabase database = Databases.h2();
        LarderDataSource larder =
            larder(database.url(), database.username(), database.password(), port)) {
      assertThat(larder.statistics().hits()).isZero();
      String announced = "Content-Length: 1000000000\r\n";
      try (Socket refused = send(port, request("Bearer wrong", announced));
          Socket allowed = send(port, request("Bearer " + TOKEN, announced))) {
        assertThat(status(refused)).isEqualTo(401);
        assertThat(status(allowed)).isEqualTo(200);
        assertThat(end(refused)).isTrue();
        assertThat(end(allowed)).isTrue();
      }
    }
  }

  private static LarderDataSource larder(String url, String user, String password, int port) {
    return LarderDataSource.builder()
        .url(url)
        .username(user)
        .password(password)
        .setting(Setting.INVALIDATION_HTTP_PORT, String.valueOf(port))
        .setting(Setting.INVALIDATION_HTTP_TOKEN, TOKEN)
        .build();
  }

  private static String request(String authorization, String more) {
    return "POST /invalidate?everything HTTP/1.1\r\nHost: here\r\nAuthorization: "
        + authorization
        + "\r\n"
        + more
        + "\r\n";
  }

  private static Socket send(int port, String text) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  private static int status(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c > '\r'; c = in.read()) {
      line.append((char) c);
    }
    assertThat(line.toString()).startsWith("HTTP/1.1 ");
    return Integer.parseInt(line.substring(9, 12));
  }

  /** Whether the server ends the connection, in whatever way, before patience does. */
  private static boolean end(Socket socket) throws IOException {
    try {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (SocketTimeoutException late) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }
}
