package dev.larder.jdbc.internal.result.driver.mysql;

import dev.larder.jdbc.internal.result.column.ObjectValues;
import dev.larder.jdbc.internal.result.driver.PartialColumn;
import dev.larder.jdbc.internal.result.driver.Unanswerable;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Calendar;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column of which the driver's own answers are kept. Every getter that was not asked, or that did
 * not answer for each row, is {@link Unanswerable}. Immutable and thread-safe.
 */
final class AskedColumn extends PartialColumn {

  private final Questions questions;
  private final ObjectValues<@Nullable Object[]> answers;
  private final int answered;

  AskedColumn(Questions questions, ObjectValues<@Nullable Object[]> answers, int answered) {
    super(answers);
    this.questions = questions;
    this.answers = answers;
    this.answered = answered;
  }

  /** Dates are objects that whoever gets one may change. */
  private Object answer(int row, Question question) throws SQLException {
    require(question);
    Object value = answers.get(row)[questions.asked().indexOf(question)];
    if (value instanceof java.util.Date date) {
      return date.clone();
    } else if (value instanceof byte[] bytes) {
      return bytes.clone();
    } else if (value == null) {
      throw new Unanswerable();
    }
    return value;
  }

  private void require(Question question) throws SQLException {
    if ((answered & question.bit()) == 0
        || (questions.followZone() && !InitialZone.isStillDefault())) {
      throw new Unanswerable();
    }
  }

  /** No answer that follows the JVM's time zone, since that may have changed. */
  @Override
  public boolean isValueOf(ResultSet live, int index, int row) {
    @Nullable Object[] kept = answers.get(row);
    for (int i = 0; i < kept.length; i++) {
      Object mine = kept[i];
      if (mine != null && !(mine instanceof java.util.Date)) {
        return Objects.deepEquals(mine, asked(live, index, questions.asked().get(i)));
      }
    }
    return asked(live, index, questions.asked().get(0)) == null;
  }

  private static @Nullable Object asked(ResultSet live, int index, Question question) {
    try {
      return question.ask(live, index);
    } catch (SQLException | RuntimeException noAnswer) {
      return null;
    }
  }

  @Override
  public String getString(int row) throws SQLException {
    return (String) answer(row, Question.STRING);
  }

  @Override
  public boolean getBoolean(int row) throws SQLException {
    return (boolean) answer(row, Question.BOOLEAN);
  }

  @Override
  public int getInt(int row) throws SQLException {
    return (int) answer(row, Question.INT);
  }

  @Override
  public long getLong(int row) throws SQLException {
    return (long) answer(row, Question.LONG);
  }

  @Override
  public float getFloat(int row) throws SQLException {
    return (float) answer(row, Question.FLOAT);
  }

  @Override
  public double getDouble(int row) throws SQLException {
    return (double) answer(row, Question.DOUBLE);
  }

  @Override
  public BigDecimal getBigDecimal(int row) throws SQLException {
    return (BigDecimal) answer(row, Question.DECIMAL);
  }

  @Override
  public byte[] getBytes(int row) throws SQLException {
    return (byte[]) answer(row, Question.BYTES);
  }

  @Override
  public Date getDate(int row, @Nullable Calendar calendar) throws SQLException {
    if (calendar != null) {
      throw new Unanswerable();
    }
    return (Date) answer(row, Question.DATE);
  }

  @Override
  public Time getTime(int row, @Nullable Calendar calendar) throws SQLException {
    if (calendar != null) {
      throw new Unanswerable();
    }
    return (Time) answer(row, Question.TIME);
  }

  @Override
  public Timestamp getTimestamp(int row, @Nullable Calendar calendar) throws SQLException {
    if (calendar != null) {
      throw new Unanswerable();
    }
    return (Timestamp) answer(row, Question.TIMESTAMP);
  }

  @Override
  public Object getObject(int row) throws SQLException {
    return answer(row, Question.OBJECT);
  }

  @Override
  public InputStream getBinaryStream(int row) throws SQLException {
    return new ByteArrayInputStream((byte[]) answer(row, Question.BYTES));
  }

  @Override
  public <T> @Nullable T getObject(int row, @Nullable Class<T> type, @Nullable Statement owner)
      throws SQLException {
    Question question = question(type);
    if (type == null || question == null) {
      throw new Unanswerable();
    }
    require(question);
    return isNull(row) ? null : type.cast(answer(row, question));
  }

  private static @Nullable Question question(@Nullable Class<?> type) {
    if (type == LocalDateTime.class) {
      return Question.LOCAL_DATE_TIME;
    } else if (type == LocalDate.class) {
      return Question.LOCAL_DATE;
    }
    return type == LocalTime.class ? Question.LOCAL_TIME : null;
  }
}
