package dev.larder.jdbc.internal.result;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads a column of dates, packed; infinity and years of five digits or before Christ do not pack.
 * For one thread.
 */
abstract class DayReader extends PackedReader<IntValues> {

  private static final int TEXT_LENGTH = "2024-05-06".length();

  DayReader() {
    super(new IntValues());
  }

  @Override
  final int pack(String text) {
    try {
      return text.length() == TEXT_LENGTH ? add(LocalDate.parse(text)) : 0;
    } catch (DateTimeException e) {
      return 0;
    }
  }

  final int add(LocalDate day) {
    if (day.getYear() < 1 || day.getYear() > 9999) {
      return 0;
    }
    packed.add((int) day.toEpochDay());
    return 4;
  }

  @Override
  final String text(int row) {
    return LocalDate.ofEpochDay(packed.get(row)).toString();
  }
}
