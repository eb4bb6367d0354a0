package dev.larder.jdbc.internal.result.column;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * The reader of a column of dates, packed; infinity and years of five digits or before Christ do
 * not pack. For one thread.
 */
public abstract class DateReader extends PackedReader<IntValues> {

  private static final int TEXT_LENGTH = "2024-05-06".length();

  protected DateReader() {
    super(new IntValues());
  }

  @Override
  protected final int pack(String text) {
    try {
      return text.length() == TEXT_LENGTH ? add(LocalDate.parse(text)) : 0;
    } catch (DateTimeException e) {
      return 0;
    }
  }

  protected final int add(LocalDate day) {
    if (day.getYear() < 1 || day.getYear() > 9999) {
      return 0;
    }
    packed.add((int) day.toEpochDay());
    return 4;
  }

  @Override
  protected final String text(int row) {
    return LocalDate.ofEpochDay(packed.get(row)).toString();
  }
}
