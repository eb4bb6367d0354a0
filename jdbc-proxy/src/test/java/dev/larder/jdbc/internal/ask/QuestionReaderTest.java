package dev.larder.jdbc.internal.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.ask.Question.Order;
import dev.larder.jdbc.internal.ask.Question.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuestionReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "select 1",
        "show",
        "show tables",
        "show larders",
        "show larder.status",
        "show larder_status",
        "show \"larder\" status",
        "showlarder status",
        "explain select * from larder",
        "explain larder_last",
        "explain (analyze) select 1",
        "/*! show larder status */",
        "/* a /* b */ show larder status",
        "/* never ends show larder status",
        "select 1; show larder status",
        "(show larder status)"
      })
  void everythingElseIsForTheDatabase(String sql) {
    assertThat(QuestionReader.read(sql)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "show larder status",
        "SHOW LARDER STATUS",
        " \n\tShow  Larder\nStatus ; ",
        "-- who\nshow larder status",
        "/* trace */ show /* x */ larder status -- now",
        "show larder status;;"
      })
  void aQuestionIsKnownHoweverItIsSpelt(String sql) {
    assertThat(QuestionReader.read(sql)).isEqualTo(new Question.Show(Topic.STATUS));
  }

  @Test
  void queriesHaveAnOrderAndALimit() {
    assertThat(QuestionReader.read("show larder queries"))
        .isEqualTo(new Question.Show(Topic.QUERIES, Order.SAVED, Integer.MAX_VALUE));
    assertThat(QuestionReader.read("show larder queries by missed limit 20"))
        .isEqualTo(new Question.Show(Topic.QUERIES, Order.MISSED, 20));
    assertThat(QuestionReader.read("show larder queries limit 5;"))
        .isEqualTo(new Question.Show(Topic.QUERIES, Order.SAVED, 5));
    assertThat(QuestionReader.read("show larder queries limit 99999999999"))
        .isInstanceOf(Question.Misspelt.class);
    assertThat(QuestionReader.read("show larder tables by missed"))
        .isInstanceOf(Question.Misspelt.class);
  }

  @Test
  void whatIsExplainedIsAnyText() {
    assertThat(QuestionReader.read("explain larder select 1"))
        .isEqualTo(new Question.Explain("select 1"));
    assertThat(QuestionReader.read("explain larder last")).isEqualTo(new Question.ExplainLast());
    assertThat(QuestionReader.read("explain larder last ;")).isEqualTo(new Question.ExplainLast());
    assertThat(QuestionReader.read("explain larder lastly"))
        .isEqualTo(new Question.Explain("lastly"));
    assertThat(QuestionReader.read("explain larder /* larder(bypass) */ select 1"))
        .isEqualTo(new Question.Explain("/* larder(bypass) */ select 1"));
    assertThat(QuestionReader.read("explain larder ;")).isInstanceOf(Question.Misspelt.class);
  }

  @Test
  void shownTextsHaveNoLiteralsAndNoComments() {
    assertThat(ShownText.of("select \u0001,\u0002 from t")).isEqualTo("select ?,? from t");
    assertThat(ShownText.of("select  a /* secret */\n from -- secret\n t where b = \u0002"))
        .isEqualTo("select a from t where b = ?");
    assertThat(ShownText.of("select a # secret\n from t")).isEqualTo("select a from t");
    assertThat(ShownText.of("select a--\u0002 from t")).isEqualTo("select a--? from t");
    assertThat(ShownText.of("select a #> b from t")).isEqualTo("select a #> b from t");
    assertThat(ShownText.of("x".repeat(9_000))).hasSize(4_003).endsWith("...");
    assertThat(ShownText.id("select \u0001")).hasSize(16).isEqualTo(ShownText.id("select \u0001"));
  }
}
