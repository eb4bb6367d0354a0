package dev.larder.examples.bookshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The whole program, for a second. */
class ComparisonTest {

  private static final Pattern ADDRESS = Pattern.compile("is at (http://127\\.0\\.0\\.1:\\S+)");

  /** What the log said, with what the console answered as soon as its address was said. */
  private static final class Watcher extends ByteArrayOutputStream {
    private int status;

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      super.write(bytes, from, length);
      Optional<String> said =
          ADDRESS
              .matcher(toString(StandardCharsets.UTF_8))
              .results()
              .map(found -> found.group(1))
              .findFirst();
      if (status == 0 && said.isPresent()) {
        status = open(said.get());
      }
    }

    private static int open(String address) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
      try {
        return HttpClient.newHttpClient()
            .send(request, HttpResponse.BodyHandlers.discarding())
            .statusCode();
      } catch (IOException failed) {
        return -1;
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return -1;
      }
    }
  }

  @Test
  void theConsoleIsOpenWhileLarderAnswers() throws Exception {
    Options options = new Options(ShopDatabase.Kind.H2, Size.CORNER, Duration.ofMillis(300), 2, 7);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Watcher log = new Watcher();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (ShopDatabase database = ShopDatabase.start(options.database(), "comparison");
        PrintStream lines = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      Comparison.Outcome outcome = new Comparison(options, database, lines, false).run();
      assertThat(outcome.clean()).isTrue();
      assertThat(outcome.larder().result().hits()).isPositive();
    } finally {
      System.setErr(before);
    }
    assertThat(log.status).as(log.toString(StandardCharsets.UTF_8)).isBetween(200, 399);
  }
}
