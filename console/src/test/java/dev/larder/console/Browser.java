package dev.larder.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium with one page, by its debugging protocol. For one thread. */
final class Browser implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 60;
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final Pattern LISTENS = Pattern.compile("DevTools listening on (ws://\\S+)");
  private static final Pattern ID = Pattern.compile("^\\{\"id\":(\\d+),");

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Integer, CompletableFuture<String>> answers;
  private final List<String> events;
  private String session = "";

  private Browser(Process process, Path profile, WebSocket socket, Received received) {
    this.process = process;
    this.profile = profile;
    this.socket = socket;
    this.answers = received.answers;
    this.events = received.events;
  }

  /** Where a browser is; empty where there is none. */
  static Optional<Path> find() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts one, with a page that is still empty. */
  static Browser start(Path executable) throws Exception {
    Path profile = Files.createTempDirectory("larder-browser");
    Process process =
        new ProcessBuilder(
                executable.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--no-first-run",
                "--disable-background-networking",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      Received received = new Received();
      WebSocket socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(URI.create(debuggedAt(process)), received)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Browser browser = new Browser(process, profile, socket, received);
      browser.attach();
      return browser;
    } catch (Exception e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static String debuggedAt(Process process) throws Exception {
    CompletableFuture<String> address = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(
                      new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  Matcher listens = LISTENS.matcher(line);
                  if (listens.find()) {
                    address.complete(listens.group(1));
                  }
                }
                address.completeExceptionally(new IOException("the browser ended"));
              } catch (IOException ended) {
                address.completeExceptionally(ended);
              }
            },
            "browser-log");
    reader.setDaemon(true);
    reader.start();
    return address.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** What the browser sends: answers by the number of the call, and what happened. */
  private static final class Received implements WebSocket.Listener {
    private final Map<Integer, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        String message = part.toString();
        part.setLength(0);
        Matcher id = ID.matcher(message);
        if (id.find()) {
          answers
              .computeIfAbsent(Integer.valueOf(id.group(1)), n -> new CompletableFuture<>())
              .complete(message);
        } else {
          events.add(message);
        }
      }
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  private String call(String method, String parameters) throws Exception {
    int id = calls.incrementAndGet();
    CompletableFuture<String> answer = answers.computeIfAbsent(id, n -> new CompletableFuture<>());
    String message =
        "{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + session + "}";
    socket.sendText(message, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    String text = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    answers.remove(id);
    if (text.contains("\"error\":{") || text.contains("\"exceptionDetails\":{")) {
      throw new IOException(method + " " + parameters + ": " + text);
    }
    return text;
  }

  private static String member(String json, String name) {
    Matcher member =
        Pattern.compile("\"" + name + "\":(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^,}]+))").matcher(json);
    if (!member.find()) {
      throw new IllegalStateException(name + " is not in " + json);
    }
    return member.group(1) != null ? member.group(1) : member.group(2);
  }

  private void attach() throws Exception {
    String target = member(call("Target.createTarget", "{\"url\":\"about:blank\"}"), "targetId");
    String attached =
        call("Target.attachToTarget", "{\"targetId\":\"" + target + "\",\"flatten\":true}");
    session = ",\"sessionId\":\"" + member(attached, "sessionId") + "\"";
    call("Page.enable", "{}");
    call("Runtime.enable", "{}");
    call("Log.enable", "{}");
  }

  void open(String address) throws Exception {
    call("Page.navigate", "{\"url\":\"" + address + "\"}");
    await("location.protocol === 'http:' && document.readyState === 'complete'");
  }

  /** What an expression gives, as text. */
  String evaluate(String expression) throws Exception {
    String quoted = expression.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ");
    return member(
        call(
            "Runtime.evaluate",
            "{\"returnByValue\":true,\"expression\":\"String(" + quoted + ")\"}"),
        "value");
  }

  /** Waits until an expression is true. */
  void await(String expression) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!evaluate(expression).equals("true")) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            expression + " did not come true; " + evaluate("document.body.innerText") + events);
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  /** Errors of scripts, and what a policy has refused. */
  List<String> complaints() {
    return events.stream()
        .filter(
            event ->
                event.contains("Runtime.exceptionThrown") || event.contains("\"level\":\"error\""))
        .toList();
  }

  /** How wide, and whether its colours are dark. */
  void looks(int width, int height, boolean dark) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":%s}"
            .formatted(width, height, width < 500));
    call(
        "Emulation.setEmulatedMedia",
        "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"%s\"}]}"
            .formatted(dark ? "dark" : "light"));
  }

  void press(String key, int code) throws Exception {
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          "{\"type\":\"%s\",\"key\":\"%s\",\"code\":\"%s\",\"windowsVirtualKeyCode\":%d%s}"
              .formatted(
                  type,
                  key,
                  key,
                  code,
                  key.equals("Enter") && type.equals("keyDown") ? ",\"text\":\"\\r\"" : ""));
    }
  }

  byte[] screenshot() throws Exception {
    return Base64.getDecoder()
        .decode(member(call("Page.captureScreenshot", "{\"format\":\"png\"}"), "data"));
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
