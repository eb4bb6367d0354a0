package dev.larder.jdbc.internal.result.driver.mysql;

import dev.larder.jdbc.internal.memory.HeapSize;
import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.ColumnReader;
import dev.larder.jdbc.internal.result.column.ObjectValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Asks the driver all questions to each value of a column. For one thread. */
final class AskingReader extends ColumnReader {

  private final Questions questions;
  private final ObjectValues<@Nullable Object[]> answers = new ObjectValues<>();
  private int answered;

  AskingReader(Questions questions) {
    this.questions = questions;
    for (Question question : questions.asked()) {
      answered |= question.bit();
    }
    if (questions.followZone() && !InitialZone.isStillDefault()) {
      answered = 0;
    }
  }

  @Override
  public int read(ResultSet live, int index) throws SQLException {
    int count = questions.asked().size();
    @Nullable Object[] row = new @Nullable Object[count];
    int failed = 0;
    boolean isNull = true;
    for (int i = 0; i < count; i++) {
      Question question = questions.asked().get(i);
      try {
        row[i] = question.ask(live, index);
        isNull &= live.wasNull();
      } catch (SQLException | RuntimeException e) {
        // The driver has its own idea of it, which it is to tell the application itself.
        failed |= question.bit();
        isNull = false;
      }
    }
    answered &= ~failed;
    if (isNull) {
      answers.addNull();
      return HeapSize.REFERENCE;
    }
    int weight = (int) HeapSize.array(count, HeapSize.REFERENCE);
    for (int i = 0; i < count; i++) {
      Object value = row[i];
      if (value == null) {
        // No answer that could be told from NULL.
        answered &= ~questions.asked().get(i).bit();
      } else {
        weight += weight(value);
      }
    }
    answers.add(row, weight);
    return weight + HeapSize.REFERENCE;
  }

  private static int weight(Object value) {
    if (value instanceof String text) {
      return (int) HeapSize.wideString(text.length());
    } else if (value instanceof byte[] bytes) {
      return (int) HeapSize.array(bytes.length, Byte.BYTES);
    } else if (value instanceof BigDecimal || value instanceof BigInteger) {
      return (int) HeapSize.BIG_DECIMAL;
    }
    return (int) (2 * HeapSize.BOXED_LONG);
  }

  @Override
  public Column finish() {
    answers.trim();
    return new AskedColumn(questions, answers, answered);
  }
}
