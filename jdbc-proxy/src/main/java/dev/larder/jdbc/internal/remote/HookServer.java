package dev.larder.jdbc.internal.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.larder.invalidation.Invalidation;
import dev.larder.jdbc.internal.http.AccessToken;
import dev.larder.jdbc.internal.http.RequestThreads;
import dev.larder.jdbc.internal.settings.SourceSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP server by which scripts say what has changed. Thread-safe.
 *
 * <p>{@code POST /invalidate} with one of {@code ?table=}, {@code ?tag=} and {@code ?everything},
 * and {@code GET /sources}; nothing is answered without the token.
 */
final class HookServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HookServer.class);
  private static final int BACKLOG = 16;
  private static final Duration LIMIT = Duration.ofSeconds(3);

  /** The parameters that go together. */
  private static final List<Set<String>> FORMS =
      List.of(
          Set.of("table"), Set.of("table", "column", "value"), Set.of("tag"), Set.of("everything"));

  private final HttpServer server;
  private final RequestThreads threads = new RequestThreads("larder-hooks", LIMIT);
  private final AccessToken token;
  private final Invalidation hooks;

  private HookServer(HttpServer server, String token, Invalidation hooks) {
    this.server = server;
    this.token = new AccessToken(token);
    this.hooks = hooks;
  }

  static HookServer start(SourceSettings.Http http, Invalidation hooks) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(http.address(), http.port()), BACKLOG);
    HookServer started = new HookServer(server, http.token(), hooks);
    server.createContext("/", started::handle);
    try {
      started.threads.serve(server);
    } catch (IOException interrupted) {
      started.close();
      throw interrupted;
    }
    return started;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply;
      try {
        reply = reply(exchange);
      } catch (RuntimeException e) {
        log.warn("A hook that was called by HTTP failed", e);
        reply = new Reply(500, "failed; the log says why");
      }
      if (reply.status == 401) {
        exchange.getResponseHeaders().set("WWW-Authenticate", AccessToken.SCHEME);
      }
      // A body says nothing here and is not read; what is kept of the connection would wait for it.
      exchange.getResponseHeaders().set("Connection", "close");
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      byte[] body = (reply.text + "\n").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** What is answered. */
  private record Reply(int status, String text) {}

  private Reply reply(HttpExchange exchange) {
    if (!token.isBorneBy(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return new Reply(401, "the token is missing or wrong");
    }
    return threads.call(() -> allowed(exchange));
  }

  private Reply allowed(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    return switch (exchange.getRequestURI().getPath()) {
      case "/invalidate" ->
          method.equals("POST")
              ? invalidate(exchange.getRequestURI().getRawQuery())
              : new Reply(405, "POST it");
      case "/sources" ->
          method.equals("GET") ? new Reply(200, sources()) : new Reply(405, "GET it");
      default -> new Reply(404, "there are /invalidate and /sources");
    };
  }

  private Reply invalidate(@Nullable String query) {
    Map<String, String> asked;
    try {
      asked = parameters(query);
    } catch (IllegalArgumentException malformed) {
      return new Reply(400, "the query is not encoded as one");
    }
    if (!FORMS.contains(asked.keySet())) {
      return new Reply(
          400, "say ?table=, ?table=&column=&value=, ?tag= or ?everything, and nothing else");
    }
    if (asked.containsKey("tag")) {
      hooks.tag(asked.getOrDefault("tag", ""));
    } else if (asked.containsKey("everything")) {
      hooks.everything();
    } else {
      // A value comes as text, and nobody knows here what the column's type makes of it.
      hooks.table(asked.getOrDefault("table", ""));
    }
    return new Reply(200, "forgotten");
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      String before =
          parameters.put(
              URLDecoder.decode(name, StandardCharsets.UTF_8),
              URLDecoder.decode(value, StandardCharsets.UTF_8));
      if (before != null) {
        throw new IllegalArgumentException("given twice");
      }
    }
    return parameters;
  }

  private String sources() {
    StringBuilder text = new StringBuilder();
    hooks.sources().forEach(source -> text.append(source).append('\n'));
    return text.toString().strip();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
