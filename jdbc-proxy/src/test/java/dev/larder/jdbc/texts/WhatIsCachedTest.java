package dev.larder.jdbc.texts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.Explanation;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Statistics;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Texts in the manner of ORMs, report tools, trackers and manuals, each of which a cache could
 * keep: whether the second answer came from memory is the table of the document. On a mismatch the
 * new document is in {@code target}.
 */
class WhatIsCachedTest {

  private static final String DOCUMENT = "docs/what-is-cached.md";
  private static final Path EXPECTED = Path.of("target", "what-is-cached.md");

  /** The least share of all texts, and of each product's. */
  private static final double OF_ALL = 0.95;

  private static final double OF_EACH = 0.92;

  private static final Pattern BETWEEN = Pattern.compile("\n\\s*\n");
  private static final Pattern TOPIC = Pattern.compile("-- ([^\n]+)\n");

  private record Text(String topic, String sql) {}

  /**
   * @param whyNot why its second answer did not come from memory; null where it did
   */
  private record Answer(Product product, Text text, @Nullable String whyNot) {
    boolean isCached() {
      return whyNot == null;
    }
  }

  @Test
  void theDocumentSaysWhatHappens() throws SQLException, IOException {
    List<Answer> all = new ArrayList<>();
    for (Product product : Product.values()) {
      all.addAll(ask(product));
    }
    String expected = document(all);
    Files.createDirectories(EXPECTED.toAbsolutePath().getParent());
    Files.writeString(EXPECTED, expected);
    assertThat(share(all)).as("of all " + all.size() + " texts").isGreaterThanOrEqualTo(OF_ALL);
    for (Product product : Product.values()) {
      assertThat(share(of(product, all))).as("of " + product).isGreaterThanOrEqualTo(OF_EACH);
    }
    assertThat(Files.readString(project().resolve(DOCUMENT))).isEqualTo(expected);
  }

  private static List<Answer> ask(Product product) throws SQLException, IOException {
    String name = product.name().toLowerCase(Locale.ROOT);
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    List<Answer> answers = new ArrayList<>();
    try (TestDatabase database = Databases.fresh(product);
        Connection plain = database.dataSource().getConnection();
        LarderDataSource larder = LarderDataSource.wrap(database.dataSource(), settings)) {
      database.execute(statements(name + "-schema.sql").toArray(new String[0]));
      List<Text> texts = texts(name);
      assertThat(texts.stream().flatMap(text -> refusal(plain, text).stream()))
          .as("texts that the database refuses")
          .isEmpty();
      for (Text text : texts) {
        answers.add(new Answer(product, text, whyNot(larder, text)));
      }
    }
    return answers;
  }

  /** What the database says of a text that it does not take, which would tell nothing. */
  private static Optional<String> refusal(Connection plain, Text text) {
    try (PreparedStatement statement = plain.prepareStatement(text.sql())) {
      return statement.getMetaData() == null
          ? Optional.of("no query: " + text.sql())
          : Optional.empty();
    } catch (SQLException refused) {
      return Optional.of(refused.getMessage() + " in: " + text.sql());
    }
  }

  /** Asks twice, and says what keeps the second answer from being the first's. */
  private static @Nullable String whyNot(LarderDataSource larder, Text text) throws SQLException {
    Explanation explanation = larder.explain(text.sql());
    if (explanation.reason() != null) {
      String detail = explanation.detail();
      return explanation.reason() + (detail.isEmpty() ? "" : ": " + detail);
    }
    run(larder, text);
    Statistics before = larder.statistics();
    run(larder, text);
    Statistics after = larder.statistics();
    if (after.hits() > before.hits()) {
      return null;
    }
    return Stream.of(BypassReason.values())
        .filter(reason -> count(after, reason) > count(before, reason))
        .map(reason -> reason + ": " + reason.sentence())
        .findFirst()
        .orElse("a miss");
  }

  private static long count(Statistics statistics, BypassReason reason) {
    return statistics.bypasses().getOrDefault(reason, 0L);
  }

  /** Parameters are NULL where the database takes that, and else 1. */
  private static void run(LarderDataSource larder, Text text) throws SQLException {
    try {
      run(larder, text, (statement, i) -> statement.setNull(i, Types.NULL));
    } catch (SQLException notNull) {
      run(larder, text, (statement, i) -> statement.setInt(i, 1));
    }
  }

  /** Sets a parameter. */
  private interface Setting {
    void set(PreparedStatement statement, int index) throws SQLException;
  }

  private static void run(LarderDataSource larder, Text text, Setting setting) throws SQLException {
    try (Connection connection = larder.getConnection();
        PreparedStatement statement = connection.prepareStatement(text.sql())) {
      int parameters = statement.getParameterMetaData().getParameterCount();
      for (int i = 1; i <= parameters; i++) {
        setting.set(statement, i);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          rows.getObject(1);
        }
      }
    }
  }

  private static List<Text> texts(String product) throws IOException {
    List<Text> texts = new ArrayList<>();
    String topic = "";
    for (String part : statements(product + ".sql")) {
      var begins = TOPIC.matcher(part);
      if (begins.lookingAt()) {
        topic = begins.group(1);
        part = part.substring(begins.end());
      }
      texts.add(new Text(topic, part));
    }
    return texts;
  }

  private static List<String> statements(String file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(WhatIsCachedTest.class.getResourceAsStream(file), file)) {
      return Stream.of(BETWEEN.split(new String(in.readAllBytes(), UTF_8)))
          .map(String::strip)
          .filter(part -> !part.isEmpty())
          .toList();
    }
  }

  private static double share(List<Answer> answers) {
    return answers.stream().filter(Answer::isCached).count() / (double) answers.size();
  }

  private static List<Answer> of(Product product, List<Answer> all) {
    return all.stream().filter(answer -> answer.product() == product).toList();
  }

  private static String document(List<Answer> all) {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    page.append("\n| product | texts | cached |\n| --- | ---: | ---: |\n");
    for (Product product : Product.values()) {
      row(page, product.toString(), of(product, all));
    }
    row(page, "all", all);
    for (Product product : Product.values()) {
      page.append("\n## ").append(product).append("\n\n");
      page.append("| topic | text | cached |\n| --- | --- | --- |\n");
      for (Answer answer : of(product, all)) {
        page.append("| ").append(answer.text().topic());
        page.append(" | ").append(code(answer.text().sql()));
        page.append(" | ").append(verdict(answer)).append(" |\n");
      }
    }
    return page.toString();
  }

  private static void row(StringBuilder page, String name, List<Answer> answers) {
    long cached = answers.stream().filter(Answer::isCached).count();
    page.append(
        "| %s | %d | %d (%.1f %%) |%n"
            .formatted(name, answers.size(), cached, 100 * share(answers))
            .replace(System.lineSeparator(), "\n"));
  }

  private static String verdict(Answer answer) {
    return answer.whyNot() == null ? "yes" : escaped(answer.whyNot());
  }

  /** A text as code in a cell of a table. */
  private static String code(String sql) {
    String ticks = sql.contains("`") ? "``" : "`";
    String space = sql.contains("`") ? " " : "";
    return ticks + space + escaped(sql.replaceAll("\\s+", " ")) + space + ticks;
  }

  private static String escaped(String cell) {
    return cell.replace("|", "\\|");
  }

  private static Path project() {
    return Files.exists(Path.of(DOCUMENT).getParent()) ? Path.of("") : Path.of("..");
  }

  private static final String INTRODUCTION =
      """
      # What is cached

      Texts of the kinds that ORMs, report tools, issue trackers and manuals are full of, each of which a cache could keep,
      because its answer follows from tables alone; and whether the second answer came from memory, or why not.
      `WhatIsCachedTest` makes this page: the database itself has to take each text, and the test fails where the page says
      anything else than what happened. What no cache may keep (`now()`, `random()`, `FOR UPDATE`...) is not among them.
      """;
}
