package dev.larder.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.larder.jdbc.internal.console.ConsoleModule;
import dev.larder.jdbc.internal.console.ConsoleSubject;
import dev.larder.jdbc.internal.http.RequestThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the console of one data source, on 127.0.0.1 and nowhere else. Thread-safe.
 *
 * <p>Each request has a connection of its own, as nothing is kept open for whom nobody knows.
 */
final class ConsoleServer implements ConsoleModule.Opened {

  private static final Logger log = LoggerFactory.getLogger(ConsoleServer.class);

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int BACKLOG = 32;
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** A name of a table is shorter. */
  private static final int LONGEST_BODY = 1_024;

  private final HttpServer server;
  private final RequestThreads threads = new RequestThreads("larder-console", LIMIT);
  private final Door door;
  private final History history;
  private final Answers answers;

  private ConsoleServer(HttpServer server, ConsoleSubject subject) throws IOException {
    this.server = server;
    this.door = new Door(server.getAddress().getPort());
    StaticFiles files = StaticFiles.load();
    this.history = new History(subject::statistics);
    this.answers = new Answers(subject, history, files);
  }

  static ConsoleServer open(int port, ConsoleSubject subject) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(LOOPBACK);
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
    ConsoleServer opened;
    try {
      opened = new ConsoleServer(server, subject);
    } catch (IOException | RuntimeException incomplete) {
      server.stop(0);
      throw incomplete;
    }
    server.createContext("/", opened::handle);
    try {
      opened.threads.serve(server);
    } catch (IOException interrupted) {
      opened.close();
      throw interrupted;
    }
    return opened;
  }

  @Override
  public String address() {
    return door.address();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply;
      try {
        reply = reply(exchange);
      } catch (RuntimeException e) {
        log.warn("The console failed to answer", e);
        reply = Reply.text(500, "failed; the log says why");
      }
      reply.send(exchange);
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    Reply refusal = door.refusal(exchange);
    if (refusal != null) {
      return refusal;
    }
    String path = exchange.getRequestURI().getPath();
    if (exchange.getRequestMethod().equals("GET")) {
      String query = exchange.getRequestURI().getRawQuery();
      Reply page = threads.call(() -> answers.get(path, query));
      return path.equals("/") ? page.with("Set-Cookie", door.cookie()) : page;
    }
    String body = body(exchange);
    return body == null
        ? Reply.text(413, "the body is too long")
        : threads.call(() -> answers.post(path, body));
  }

  /** The body; null where it is longer than any that means something. */
  private static @Nullable String body(HttpExchange exchange) throws IOException {
    byte[] read = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
    return read.length > LONGEST_BODY ? null : new String(read, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
    history.close();
  }
}
