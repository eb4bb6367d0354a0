package dev.larder.console;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import dev.larder.testkit.FreePort;
import dev.larder.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A data source with a console, found as its reader finds it: by the line in the log. */
final class ShownDataSource implements AutoCloseable {

  private static final Pattern ADDRESS =
      Pattern.compile("The console of .* is at http://127\\.0\\.0\\.1:(\\d+)/\\?token=(\\S+)");
  private static final int PATIENCE_MILLIS = 20_000;

  final LarderDataSource larder;
  final int port;

  /** Empty where the log has no address. */
  final String token;

  final String log;

  private ShownDataSource(LarderDataSource larder, int port, String token, String log) {
    this.larder = larder;
    this.port = port;
    this.token = token;
    this.log = log;
  }

  static ShownDataSource over(TestDatabase database) throws IOException {
    return over(database, FreePort.next());
  }

  static ShownDataSource over(TestDatabase database, int port) {
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    LarderDataSource larder;
    try {
      larder =
          LarderDataSource.builder()
              .url(database.url())
              .username(database.username())
              .password(database.password())
              .setting(Setting.WRITERS, "this-jvm")
              .setting(Setting.ADMISSION, "always")
              .setting(Setting.CONSOLE_PORT, String.valueOf(port))
              .build();
    } finally {
      System.setErr(before);
    }
    String log = written.toString(StandardCharsets.UTF_8);
    Matcher address = ADDRESS.matcher(log);
    return new ShownDataSource(larder, port, address.find() ? address.group(2) : "", log);
  }

  /** The first column of the first row. */
  String read(String sql, Object... values) throws SQLException {
    try (Connection connection = larder.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : "(no row)";
      }
    }
  }

  /**
   * What an HTTP server has answered.
   *
   * @param headers by their names in lower case
   */
  record Answer(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  String host() {
    return "127.0.0.1:" + port;
  }

  String bearer() {
    return "Authorization: Bearer " + token;
  }

  /** Asks with the token. */
  Answer get(String path) throws IOException {
    return send("GET", path, List.of("Host: " + host(), bearer()), null);
  }

  Answer forget(String json) throws IOException {
    return send(
        "POST",
        "/api/forget",
        List.of("Host: " + host(), bearer(), "Content-Type: application/json"),
        json);
  }

  /** The cookie that a browser has after it has shown the token. */
  String cookie() throws IOException {
    Answer page = send("GET", "/?token=" + token, List.of("Host: " + host()), null);
    return "Cookie: other=1; " + page.header("Set-Cookie").replaceFirst(";.*", "");
  }

  /** Sends what no client would send by itself. */
  Answer send(String method, String path, List<String> headers, @Nullable String body)
      throws IOException {
    StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    headers.forEach(header -> request.append(header).append("\r\n"));
    byte[] sent = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    if (body != null) {
      request.append("Content-Length: ").append(sent.length).append("\r\n");
    }
    request.append("\r\n");
    try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(sent);
      socket.getOutputStream().flush();
      return answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static Answer answer(String text) {
    int end = text.indexOf("\r\n\r\n");
    String[] lines = text.substring(0, end).split("\r\n", -1);
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip());
    }
    return new Answer(
        Integer.parseInt(lines[0].split(" ", -1)[1]), headers, text.substring(end + 4));
  }

  @Override
  public void close() {
    larder.close();
  }
}
