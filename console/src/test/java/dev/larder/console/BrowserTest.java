package dev.larder.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * The page in a real browser, over a shop that is busy.
 *
 * <p>With the system property {@code larder.console.images} the page is drawn into that folder, as
 * {@code docs/images} has it.
 */
final class BrowserTest {

  private static final int BOOKS = 400;
  private static final String NOW = "parseFloat(document.getElementById('hit-now').textContent)";
  private static final String FORGET_BOOK =
      "document.querySelector('#tables button[data-name$=\"BOOK\" i]')";

  private static final String NAMELESS =
      "[...document.querySelectorAll('button, select, [role=img], table[id]')]"
          + ".filter(e => !e.ariaLabel && !e.closest('label')"
          + " && !document.getElementById(e.getAttribute('aria-labelledby'))"
          + " && !(e.tagName === 'BUTTON' && e.textContent))"
          + ".map(e => e.outerHTML.slice(0, 90)).join()";

  /** Readers who ask again and again, and now and then a writer. */
  private static final class Shop implements Runnable {
    private final ShownDataSource shown;
    private volatile boolean open = true;
    private volatile boolean writes;

    Shop(ShownDataSource shown) {
      this.shown = shown;
    }

    @Override
    public void run() {
      Random random = new Random(1);
      while (open) {
        try (Connection connection = shown.larder.getConnection()) {
          for (int i = 0; i < 40; i++) {
            int id = 1 + random.nextInt(BOOKS);
            ask(connection, "select title, price from book where id = ?", id);
            ask(connection, "select name from author where id = ?", 1 + id % 40);
          }
          if (writes) {
            others(connection, 1 + random.nextInt(BOOKS));
          }
        } catch (SQLException closing) {
          return;
        }
        LockSupport.parkNanos(20_000_000);
      }
    }

    private static void others(Connection connection, int id) throws SQLException {
      ask(
          connection,
          "select a.name, count(*), avg(b.price) from book b join author a on a.id = b.author"
              + " where b.price > ? group by a.name order by a.name",
          id % 7);
      ask(connection, "select title from book where id = ? for update", id);
      ask(connection, "select count(*) from purchase where book = ? and at < now()", id);
      if (id % 8 == 0) {
        try (PreparedStatement update =
            connection.prepareStatement("update book set price = price + 1 where id = ?")) {
          update.setInt(1, id);
          update.executeUpdate();
        }
      }
    }

    private static void ask(Connection connection, String sql, int value) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setInt(1, value);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            rows.getString(1);
          }
        }
      }
    }
  }

  private static void shelve(TestDatabase database) {
    database.execute(
        "create table author (id int primary key, name varchar(50))",
        "create table book (id int primary key, title varchar(50), author int, price int)",
        "create table purchase (id int primary key, book int, at timestamp)");
    StringBuilder authors = new StringBuilder("insert into author values ");
    for (int i = 1; i <= 40; i++) {
      authors.append(i == 1 ? "" : ", ").append("(" + i + ", 'author " + i + "')");
    }
    StringBuilder books = new StringBuilder("insert into book values ");
    for (int i = 1; i <= BOOKS; i++) {
      books.append(i == 1 ? "" : ", ");
      books.append("(" + i + ", 'title " + i + "', " + (1 + i % 40) + ", " + i % 50 + ")");
    }
    database.execute(authors.toString(), books.toString());
  }

  @Test
  void thePageShowsAHitRatioThatFallsAndRecoversWhenATableIsForgotten() throws Exception {
    Path executable = Browser.find().orElse(null);
    assumeTrue(executable != null, "no chromium on the PATH: the console's page was not tested");
    try (TestDatabase database = Databases.h2()) {
      shelve(database);
      try (ShownDataSource shown = ShownDataSource.over(database);
          Browser browser = Browser.start(executable)) {
        Shop shop = new Shop(shown);
        Thread readers = new Thread(shop, "readers");
        readers.start();
        try {
          browser.looks(1280, 900, false);
          browser.open("http://127.0.0.1:" + shown.port + "/?token=" + shown.token);
          showsFallsAndRecovers(browser);
          canBeReadOnATelephoneAndUsedByKeyboard(browser);
          forgetsEverythingOnlyWhenAskedTwice(browser, shown);
          assertThat(browser.complaints()).isEmpty();
          draw(browser, shop);
        } finally {
          shop.open = false;
          readers.join();
        }
        shown.larder.close();
        browser.await("document.getElementById('state').textContent === 'not reached'");
      }
    }
  }

  private static void showsFallsAndRecovers(Browser browser) throws Exception {
    browser.await(NOW + " === 100");
    assertThat(browser.evaluate("location.href")).as("the token is gone").endsWith("/");
    assertThat(browser.evaluate("document.cookie")).as("no script reads it").isEmpty();
    assertThat(browser.evaluate("document.querySelectorAll('canvas').length")).isEqualTo("4");
    browser.evaluate(
        "(window.least = 100, new MutationObserver(() => { window.least = Math.min(window.least, "
            + NOW
            + " || 100); }).observe(document.getElementById('hit-now'), "
            + "{childList: true, characterData: true, subtree: true}))");
    browser.evaluate(FORGET_BOOK + ".click()");
    browser.await("window.least < 100");
    browser.await(NOW + " === 100");
    assertThat(browser.evaluate("document.getElementById('notice').textContent"))
        .containsIgnoringCase("forgot what follows from table")
        .containsIgnoringCase("book");
    browser.await("document.getElementById('tables').innerText.length > 0");
  }

  private static void canBeReadOnATelephoneAndUsedByKeyboard(Browser browser) throws Exception {
    browser.looks(360, 740, false);
    assertThat(Integer.parseInt(browser.evaluate("document.documentElement.scrollWidth")))
        .as("no scrolling sideways")
        .isLessThanOrEqualTo(360);
    assertThat(browser.evaluate(NAMELESS)).as("what has no name").isEmpty();
    browser.looks(1280, 900, false);
    browser.evaluate("(document.activeElement.blur(), 1)");
    browser.press("Tab", 9);
    assertThat(browser.evaluate("document.activeElement.className")).isEqualTo("skip");
    browser.press("Tab", 9);
    browser.press("Enter", 13);
    assertThat(browser.evaluate("document.getElementById('pause').ariaPressed")).isEqualTo("true");
    browser.press("Enter", 13);
    assertThat(browser.evaluate("document.getElementById('pause').ariaPressed")).isEqualTo("false");
    // A row that somebody is at stays where it is while the figures go on.
    browser.evaluate("(" + FORGET_BOOK + ".focus(), window.kept = document.activeElement, 1)");
    String before = browser.evaluate("document.getElementById('status').innerText.length");
    assertThat(before).isNotEmpty();
    browser.evaluate("(window.seen = 0, refresh().then(() => { window.seen = 1; }), 1)");
    browser.await("window.seen === 1");
    assertThat(browser.evaluate("document.activeElement === window.kept")).isEqualTo("true");
  }

  private static void forgetsEverythingOnlyWhenAskedTwice(Browser browser, ShownDataSource shown)
      throws Exception {
    long before = shown.larder.statistics().misses();
    browser.evaluate("(document.getElementById('forget-everything').click(), 1)");
    assertThat(browser.evaluate("document.getElementById('confirm').open")).isEqualTo("true");
    browser.press("Escape", 27);
    assertThat(browser.evaluate("document.getElementById('confirm').open")).isEqualTo("false");
    assertThat(shown.larder.statistics().misses()).isEqualTo(before);
    browser.evaluate("(document.getElementById('forget-everything').click(), 1)");
    browser.evaluate("(document.getElementById('confirm-yes').click(), 1)");
    browser.await("document.getElementById('notice').textContent.includes('forgot everything')");
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (shown.larder.statistics().misses() == before) {
      assertThat(System.nanoTime() - deadline).as("the readers ask the database").isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void draw(Browser browser, Shop shop) throws Exception {
    String folder = System.getProperty("larder.console.images");
    if (folder == null) {
      return;
    }
    shop.writes = true;
    LockSupport.parkNanos(70_000_000_000L);
    image(browser, Path.of(folder, "console-light.png"), 1200, false);
    image(browser, Path.of(folder, "console-dark.png"), 1200, true);
    image(browser, Path.of(folder, "console-phone.png"), 360, false);
  }

  private static void image(Browser browser, Path file, int width, boolean dark) throws Exception {
    browser.looks(width, width < 500 ? 1400 : 800, dark);
    browser.evaluate(
        "(window.scrollTo(0, 0), window.seen = 0, once().then(() => { window.seen = 1; }), 1)");
    browser.await("window.seen === 1");
    write(file, browser.screenshot());
  }

  private static void write(Path file, byte[] png) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, png);
  }
}
