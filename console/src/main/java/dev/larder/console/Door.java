package dev.larder.console;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.larder.jdbc.internal.http.AccessToken;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in: whoever has seen the log of this process. Immutable and thread-safe.
 *
 * <p>A browser shows the token once, in the address, and from then on a cookie that no script can
 * read and no other site's request carries.
 */
final class Door {

  /*
   * Loopback alone keeps nobody out who can make a browser on this machine send requests. A name
   * that somebody else lets point to 127.0.0.1 shows in the header Host; a page of another site
   * shows in Origin and Sec-Fetch-Site, has no cookie, and may not send JSON without being allowed
   * to, which it never is.
   */

  private static final int TOKEN_BYTES = 24;
  private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost");
  private static final String TOKEN_PARAMETER = "token=";

  private final int port;
  private final String token = random();
  private final AccessToken shownToken = new AccessToken(token);
  private final String session = random();
  private final AccessToken shownSession = new AccessToken(session);

  Door(int port) {
    this.port = port;
  }

  private static String random() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  String address() {
    return "http://127.0.0.1:" + port + "/?" + TOKEN_PARAMETER + token;
  }

  /** What a browser that was let in shows from now on. */
  String cookie() {
    return cookieName() + "=" + session + "; Path=/; HttpOnly; SameSite=Strict";
  }

  /** By the port: a browser keeps the cookies of all ports of a host together. */
  private String cookieName() {
    return "larder-console-" + port;
  }

  /** Why a request is not answered; null where it is. */
  @Nullable Reply refusal(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String host = headers.getFirst("Host");
    if (host == null || !HOSTS.contains(withoutPort(host))) {
      return Reply.text(403, "ask 127.0.0.1 or localhost, by that name");
    }
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("POST")) {
      return Reply.text(405, "GET or POST it");
    }
    boolean bears = shownToken.isBorneBy(headers.getFirst("Authorization"));
    boolean isEntry = method.equals("GET") && exchange.getRequestURI().getPath().equals("/");
    boolean isKnown =
        bears
            || hasCookie(headers)
            || (isEntry && hasToken(exchange.getRequestURI().getRawQuery()));
    if (!isKnown) {
      return Reply.text(401, "the token is missing or wrong: open the address that the log says")
          .with("WWW-Authenticate", AccessToken.SCHEME);
    }
    if (!isEntry && isFromElsewhere(headers, host)) {
      return Reply.text(403, "a page of another site sent this");
    }
    return method.equals("POST") ? refusalToChange(headers, bears) : null;
  }

  /** A script shows the token itself; a browser says which page sent it, and what it sends. */
  private static @Nullable Reply refusalToChange(Headers headers, boolean bears) {
    if (!bears && headers.getFirst("Origin") == null) {
      return Reply.text(403, "which page sent this?");
    }
    String type = headers.getFirst("Content-Type");
    return type != null && type.toLowerCase(Locale.ROOT).matches("application/json\\s*(;.*)?")
        ? null
        : Reply.text(415, "send application/json");
  }

  private static boolean isFromElsewhere(Headers headers, String host) {
    String origin = headers.getFirst("Origin");
    String site = headers.getFirst("Sec-Fetch-Site");
    return (origin != null && !origin.equalsIgnoreCase("http://" + host))
        || (site != null && !site.equals("same-origin") && !site.equals("none"));
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
  }

  private boolean hasCookie(Headers headers) {
    List<String> sent = headers.getOrDefault("Cookie", List.of());
    String start = cookieName() + "=";
    boolean found = false;
    for (String header : sent) {
      for (String cookie : header.split(";", -1)) {
        String pair = cookie.strip();
        found |= pair.startsWith(start) && shownSession.is(pair.substring(start.length()));
      }
    }
    return found;
  }

  private boolean hasToken(@Nullable String query) {
    return query != null
        && query.startsWith(TOKEN_PARAMETER)
        && shownToken.is(query.substring(TOKEN_PARAMETER.length()));
  }
}
