package dev.larder.jdbc.internal.ask;

/** Who knows what a data source has to show. Implementations are thread-safe. */
@FunctionalInterface
public interface Respondent {

  /** Answers, without the database. */
  AnswerTable answer(Question.Show question);
}
