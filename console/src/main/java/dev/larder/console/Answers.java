package dev.larder.console;

import dev.larder.jdbc.internal.console.ConsoleSubject;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What those who were let in are answered. Thread-safe. */
final class Answers {

  private static final String SHOW = "/api/show/";
  private static final Pattern TOPIC = Pattern.compile("[a-z]{1,20}");

  /** As SHOW LARDER QUERIES takes them; what they mean is judged there. */
  private static final Pattern CHOICE =
      Pattern.compile("(?:by=(?<by>[a-z]{1,20}))?&?(?:limit=(?<limit>[0-9]{1,5}))?");

  private final ConsoleSubject subject;
  private final History history;
  private final StaticFiles files;

  Answers(ConsoleSubject subject, History history, StaticFiles files) {
    this.subject = subject;
    this.history = history;
    this.files = files;
  }

  Reply get(String path, @Nullable String query) {
    if (path.startsWith(SHOW)) {
      return show(path.substring(SHOW.length()), query == null ? "" : query);
    }
    return switch (path) {
      case "/api/history" -> Reply.json(history.json());
      case "/api/reasons" -> Reply.json(reasons());
      default -> {
        Reply file = files.get(path);
        yield file == null ? Reply.text(404, "there is no such page") : file;
      }
    };
  }

  private Reply show(String topic, String query) {
    Matcher choice = CHOICE.matcher(query);
    if (!TOPIC.matcher(topic).matches() || !choice.matches()) {
      return Reply.text(400, "say /api/show/status, or /api/show/queries?by=missed&limit=20");
    }
    String by = choice.group("by");
    String limit = choice.group("limit");
    try {
      return Reply.json(
          subject.show(
              topic + (by == null ? "" : " by " + by) + (limit == null ? "" : " limit " + limit)));
    } catch (IllegalArgumentException problem) {
      return Reply.text(400, String.valueOf(problem.getMessage()));
    }
  }

  /** How many queries memory was not asked for, by reason. */
  private String reasons() {
    return subject.statistics().bypasses().entrySet().stream()
        .filter(each -> each.getValue() > 0)
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(
            each ->
                String.format(
                    Locale.ROOT,
                    "{\"reason\":\"%s\",\"queries\":%d}",
                    each.getKey().name(),
                    each.getValue()))
        .collect(Collectors.joining(",", "[", "]"));
  }

  Reply post(String path, String body) {
    if (!path.equals("/api/forget")) {
      return Reply.text(404, "POST to /api/forget");
    }
    ForgetRequest request = ForgetRequest.parse(body);
    if (request == null) {
      return Reply.text(
          400, "say {\"table\": \"...\"}, {\"template\": \"...\"} or {\"everything\": true}");
    }
    switch (request.what()) {
      case TABLE -> subject.forgetTable(request.name());
      case TEMPLATE -> subject.forgetTemplate(request.name());
      case EVERYTHING -> subject.forgetEverything();
    }
    return Reply.json("{\"forgotten\":true}");
  }
}
