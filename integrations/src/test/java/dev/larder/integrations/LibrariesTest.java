package dev.larder.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Statistics;
import dev.larder.testkit.Databases;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What libraries ask through Larder is what they get without it; and which of it is answered from
 * memory when it is asked again is the tables of the document. On a mismatch the section that was
 * expected is in {@code target}.
 */
class LibrariesTest {

  private static final String DOCUMENT = "docs/libraries.md";

  /** The libraries, by the heading of their section. */
  enum Tested {
    MYBATIS("MyBatis"),
    JOOQ("jOOQ"),
    JDBI("Jdbi"),
    SPRING_JDBC("JdbcTemplate"),
    SPRING_DATA_JDBC("Spring Data JDBC"),
    SPRING_BATCH("Spring Batch"),
    QUARTZ("Quartz"),
    FLOWABLE("Flowable");

    private final String heading;

    Tested(String heading) {
      this.heading = heading;
    }

    Library on(DataSource dataSource, Product product) throws Exception {
      return switch (this) {
        case MYBATIS -> new MyBatis(dataSource, product);
        case JOOQ -> new Jooq(dataSource, product);
        case JDBI -> new JdbiLibrary(dataSource, product);
        case SPRING_JDBC -> new SpringJdbc(dataSource, product);
        case SPRING_DATA_JDBC -> new SpringDataJdbc(dataSource, product);
        case SPRING_BATCH -> new SpringBatch(dataSource, product);
        case QUARTZ -> new Quartz(dataSource, product);
        case FLOWABLE -> new Flowable(dataSource, product);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsReadIsRightAndTheDocumentSaysFromWhere(Tested tested) throws Exception {
    String expected = table(tested);
    Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
    Files.writeString(target.resolve("libraries-" + tested + ".md"), expected);
    assertThat(section(tested.heading)).contains(expected);
  }

  /** What differs between products is in a row for each. */
  private static String table(Tested tested) throws Exception {
    List<String> onH2 = outcomes(tested, Product.H2);
    List<String> onPostgres = outcomes(tested, Product.POSTGRESQL);
    StringBuilder table = new StringBuilder("| what | a second time |\n| --- | --- |\n");
    for (int i = 0; i < onH2.size(); i++) {
      if (onH2.get(i).equals(onPostgres.get(i))) {
        table.append("| ").append(onH2.get(i)).append(" |\n");
      } else {
        table.append("| ").append(onH2.get(i)).append(" (H2) |\n");
        table.append("| ").append(onPostgres.get(i)).append(" (PostgreSQL) |\n");
      }
    }
    return table.toString();
  }

  private static List<String> outcomes(Tested tested, Product product) throws Exception {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    settings.setProperty("larder.admission", "always");
    List<String> outcomes = new ArrayList<>();
    try (TestDatabase plainDatabase = Databases.fresh(product);
        TestDatabase database = Databases.fresh(product);
        LarderDataSource larder = LarderDataSource.wrap(database.dataSource(), settings);
        Library without = tested.on(plainDatabase.dataSource(), product);
        Library with = tested.on(larder, product)) {
      for (int i = 0; i < without.steps().size(); i++) {
        Step plain = without.steps().get(i);
        Step step = with.steps().get(i);
        String outcome = outcome(step, plain.call().call(), larder);
        outcomes.add(step.what() + " | " + outcome);
      }
      assertThat(larder.statistics().failures()).isZero();
    }
    return outcomes;
  }

  private static String outcome(Step step, @Nullable Object expected, LarderDataSource larder)
      throws Exception {
    if (step.kind() == Step.Kind.WRITE) {
      assertThat((Object) step.call().call()).as(step.what()).isEqualTo(expected);
      return "writes";
    }
    assertThat((Object) step.call().call()).as(step.what()).isEqualTo(expected);
    Statistics before = larder.statistics();
    assertThat((Object) step.call().call()).as(step.what() + ", again").isEqualTo(expected);
    return Outcome.between(before, larder.statistics());
  }

  private static String section(String heading) throws IOException {
    Path project = Path.of("").toAbsolutePath();
    while (!Files.exists(project.resolve(DOCUMENT))) {
      project = Objects.requireNonNull(project.getParent(), "the project");
    }
    String document = Files.readString(project.resolve(DOCUMENT));
    int start = document.indexOf("## " + heading + "\n");
    assertThat(start).as(heading).isNotNegative();
    int end = document.indexOf("\n## ", start + 1);
    return end < 0 ? document.substring(start) : document.substring(start, end);
  }
}
