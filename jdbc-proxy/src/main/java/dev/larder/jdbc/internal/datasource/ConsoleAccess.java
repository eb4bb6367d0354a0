package dev.larder.jdbc.internal.datasource;

import dev.larder.invalidation.Invalidation;
import dev.larder.jdbc.Statistics;
import dev.larder.jdbc.internal.ask.Question;
import dev.larder.jdbc.internal.ask.QuestionReader;
import dev.larder.jdbc.internal.ask.ShownText;
import dev.larder.jdbc.internal.console.ConsoleSubject;

/** What the console of a data source asks of its parts. Thread-safe. */
final class ConsoleAccess implements ConsoleSubject {

  private final DataSourceParts parts;
  private final Invalidation hooks;
  private final DataSourceRuntime.Shown shown;

  ConsoleAccess(DataSourceParts parts, Invalidation hooks, DataSourceRuntime.Shown shown) {
    this.parts = parts;
    this.hooks = hooks;
    this.shown = shown;
  }

  @Override
  public String name() {
    return shown.name();
  }

  @Override
  public String show(String words) {
    Question question = QuestionReader.read("show larder " + words);
    if (question instanceof Question.Show show) {
      return shown.reports().answer(show).json();
    }
    throw new IllegalArgumentException(
        question instanceof Question.Misspelt misspelt ? misspelt.problem() : "not a question");
  }

  @Override
  public Statistics statistics() {
    return StatisticsReader.read(parts);
  }

  @Override
  public void forgetTable(String table) {
    hooks.table(table);
  }

  @Override
  public long forgetTemplate(String id) {
    return parts.store().forget(template -> ShownText.id(template).equals(id));
  }

  @Override
  public void forgetEverything() {
    hooks.everything();
  }
}
