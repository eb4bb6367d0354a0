package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.internal.analysis.TimeFacts.Conversion;

/**
 * What comes of values by a function or a conversion, and what that may take from the clock. Used
 * by one thread, once.
 */
final class TimeConversions {

  final TimeFacts.Builder facts;
  private final Tokens tokens;
  private final Brackets brackets;

  TimeConversions(Tokens tokens, Brackets brackets, TimeFacts.Builder facts) {
    this.tokens = tokens;
    this.brackets = brackets;
    this.facts = facts;
  }

  ValuesTogether.Builder ofTimes(String name, ValuesTogether.Builder values) {
    if (TimeWords.OF_TIMES.contains(name)) {
      facts.together(values);
      return new ValuesTogether.Builder().value();
    } else if (TimeWords.GIVE_TIMES.contains(name)) {
      facts.together(values.trait(ValueTrait.TO_TIME));
      return ValuesTogether.Builder.of(ValueTrait.TIME);
    } else if (TimeWords.TAKE_DATES.contains(name)) {
      facts.together(values.value().trait(ValueTrait.DATE));
      return ValuesTogether.Builder.of(ValueTrait.DATE);
    } else if (TimeWords.GIVE_ANY.contains(name)) {
      facts.together(values);
      return ValuesTogether.Builder.of(ValueTrait.ANYTHING);
    }
    // The result is one value, made of all of them.
    return TimeWords.PASS_ON.contains(name) ? values : values.function(Tokens.lower(name));
  }

  ValuesTogether.Builder ofTexts(String name, ValuesTogether.Builder values, int from, int to) {
    TypeName.Kind kind = TypeName.kind(Tokens.lower(name));
    boolean single = brackets.comma(from, to) == to;
    if (single && (kind == TypeName.Kind.TIME || kind == TypeName.Kind.DATE)) {
      facts.converted(values, Conversion.TIME);
      return kind == TypeName.Kind.TIME
          ? ValuesTogether.Builder.of(ValueTrait.TIME)
          : new ValuesTogether.Builder().value();
    }
    if (kind == TypeName.Kind.ZONED_TIME) {
      facts.converted(values, Conversion.ZONED_TIME);
    }
    if (TimeWords.MAKE_RECORDS.contains(name)) {
      facts.converted(values.trait(ValueTrait.TEXT), Conversion.TIME);
      return values;
    }
    if (TimeWords.NAME_TYPES.contains(name)) {
      types(values, from, to);
    }
    if (name.equals("TIMEZONE")) {
      facts.converted(values, Conversion.OTHER_ZONE);
    } else if (name.equals("MAKE_TIME")) {
      return ValuesTogether.Builder.of(ValueTrait.TIME);
    }
    if (TimeWords.GIVE_NO_TEXT.contains(name)) {
      return new ValuesTogether.Builder().value().function(Tokens.lower(name));
    }
    return TimeWords.GIVE_THE_SAME.contains(name)
        ? values.function(Tokens.lower(name))
        : values.function(Tokens.lower(name)).trait(ValueTrait.TEXT);
  }

  /** RETURNING a type, and columns with their types: of a document's texts. */
  private void types(ValuesTogether.Builder values, int from, int to) {
    for (int i = from; i < to; i++) {
      if (tokens.word(i).equals("RETURNING")) {
        fromText(values, TypeName.read(tokens, i + 1, to));
      } else if (tokens.word(i).equals("COLUMNS")) {
        boolean listed = tokens.is(i + 1, '(');
        columns(values, listed ? i + 2 : i + 1, listed ? brackets.close(i + 1, to) : to);
      }
    }
  }

  private void columns(ValuesTogether.Builder values, int from, int to) {
    int start = from;
    while (start < to) {
      int comma = brackets.comma(start, to);
      boolean nested = tokens.word(start).equals("NESTED");
      boolean counts = tokens.word(start + 1).equals("FOR");
      if (!nested && !counts && start + 1 < comma) {
        fromText(values, TypeName.read(tokens, start + 1, comma));
      }
      start = comma + 1;
    }
  }

  /** Takes in that a text which no one has seen is converted to a type. */
  void fromText(ValuesTogether.Builder values, TypeName type) {
    if (type.kind() != TypeName.Kind.TEXT && type.kind() != TypeName.Kind.OTHER) {
      converted(new ValuesTogether.Builder().and(values).trait(ValueTrait.TEXT), type);
    }
  }

  /** {@code (x).name}: a field of a row, or a conversion that is written like one. */
  ValuesTogether.Builder field(ValuesTogether.Builder of, int i) {
    TypeName.Kind kind = TypeName.kind(Tokens.lower(tokens.part(i)));
    if (kind == TypeName.Kind.TIME
        || kind == TypeName.Kind.DATE
        || kind == TypeName.Kind.ZONED_TIME) {
      converted(new ValuesTogether.Builder().and(of), TypeName.read(tokens, i, i + 1));
    }
    return of.trait(facts.datesAreAdded ? ValueTrait.ANYTHING : ValueTrait.TEXT);
  }

  /** AT TIME ZONE: of a time of day it takes the offset that the current date has. */
  ValuesTogether.Builder zoned(ValuesTogether.Builder of) {
    if (facts.datesAreAdded) {
      return of.and(ValuesTogether.Builder.of(ValueTrait.DATE));
    }
    facts.converted(of, Conversion.OTHER_ZONE);
    return new ValuesTogether.Builder().value();
  }

  ValuesTogether.Builder converted(ValuesTogether.Builder values, TypeName type) {
    return facts.datesAreAdded ? toDate(values, type) : toTime(values, type);
  }

  ValuesTogether.Builder toDate(ValuesTogether.Builder values, TypeName type) {
    ValueTrait given =
        switch (type.kind()) {
          case TIME -> ValueTrait.TO_TIME;
          case ZONED_TIME -> ValueTrait.ZONED_TIME;
          case DATE -> ValueTrait.DATE;
          case UNKNOWN -> ValueTrait.ANYTHING;
          case TEXT, OTHER -> null;
        };
    if (given == null) {
      facts.together(values);
      return new ValuesTogether.Builder().value();
    }
    facts.together(values.value().trait(given));
    return ValuesTogether.Builder.of(given == ValueTrait.TO_TIME ? ValueTrait.TIME : given);
  }

  ValuesTogether.Builder toTime(ValuesTogether.Builder values, TypeName type) {
    switch (type.kind()) {
      case TEXT -> {
        return values;
      }
      case TIME -> {
        facts.converted(values, Conversion.TIME);
        return ValuesTogether.Builder.of(ValueTrait.TIME);
      }
      case DATE -> facts.converted(values, Conversion.TIME);
      case ZONED_TIME -> facts.converted(values, Conversion.ZONED_TIME);
      case UNKNOWN -> {
        facts.converted(values, type.name());
        return values.trait(ValueTrait.TEXT);
      }
      case OTHER -> {}
    }
    return new ValuesTogether.Builder().value();
  }
}
