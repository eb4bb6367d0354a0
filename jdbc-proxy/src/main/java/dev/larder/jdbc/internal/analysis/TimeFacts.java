package dev.larder.jdbc.internal.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a text may take a time from the clock by converting a value, as far as the types of columns
 * decide that. Immutable and thread-safe.
 *
 * @param together values of which a time of day would become one of the current date if a date is
 *     among them; empty where the product makes no such conversion
 * @param conversions values that become times, where texts among them could name the current time;
 *     empty where the product knows no such texts
 * @param aliases what the names that the text gives stand for, in lower case
 */
public record TimeFacts(
    Set<ValuesTogether> together,
    Set<Conversion> conversions,
    Map<String, List<ValuesTogether>> aliases) {

  /**
   * Values that are converted.
   *
   * @param type in lower case, of a type that is not built in; {@link #TIME} or {@link #ZONED_TIME}
   */
  public record Conversion(ValuesTogether values, String type) {

    /** A date, a time, a time-stamp, or a range or an array of them. */
    public static final String TIME = "";

    /** What is said in another time zone. */
    public static final String OTHER_ZONE = "at time zone";

    private static final String VARIABLES = "a variable's";
    private static final String VARIABLES_OF_TIMES = "a time variable's";

    /** Whatever a body holds, which its variables may be assigned. */
    static Conversion ofVariables(ValuesTogether values, boolean times) {
      return new Conversion(values, times ? VARIABLES_OF_TIMES : VARIABLES);
    }

    /** Whether this is all that a body's variables and its result may be assigned. */
    public boolean isOfVariables() {
      return type.equals(VARIABLES) || declaresTimes();
    }

    /** Whether one of the variables may be of a type of times. */
    public boolean declaresTimes() {
      return type.equals(VARIABLES_OF_TIMES);
    }

    /** A time of day with an offset, which is that of the current date where none is given. */
    public static final String ZONED_TIME = "timetz";
  }

  public static final TimeFacts NONE = new TimeFacts(Set.of(), Set.of(), Map.of());

  /** Of a text that was not understood that far. */
  static final TimeFacts UNKNOWN =
      new TimeFacts(Set.of(anything()), Set.of(new Conversion(anything(), "")), Map.of());

  public TimeFacts {
    together = Set.copyOf(together);
    conversions = Set.copyOf(conversions);
    aliases = Map.copyOf(aliases);
  }

  /** Whether a type of this name is a date, a time or a time-stamp, or holds some. */
  public static boolean isTime(String name) {
    return switch (TypeName.kind(Tokens.lower(name))) {
      case TIME, DATE, ZONED_TIME -> true;
      case TEXT, OTHER, UNKNOWN -> false;
    };
  }

  private static ValuesTogether anything() {
    return new ValuesTogether.Builder()
        .value()
        .value()
        .trait(ValueTrait.ANYTHING)
        .trait(ValueTrait.ALL_COLUMNS)
        .trait(ValueTrait.TEXT)
        .build();
  }

  /** Such facts in the making. Used by one thread. */
  static final class Builder {

    /** Whether times of day take the current date; otherwise it is texts that matter. */
    final boolean datesAreAdded;

    private final Set<ValuesTogether> together = new LinkedHashSet<>();
    private final Set<Conversion> conversions = new LinkedHashSet<>();
    private final Map<String, List<ValuesTogether>> aliases = new HashMap<>();

    Builder(boolean datesAreAdded) {
      this.datesAreAdded = datesAreAdded;
    }

    void together(ValuesTogether.Builder values) {
      if (datesAreAdded && !values.isOne()) {
        together.add(values.build());
      }
    }

    void converted(ValuesTogether.Builder values, String type) {
      if (!values.areGiven() || !type.equals(Conversion.TIME)) {
        conversions.add(new Conversion(values.build(), type));
      }
    }

    /** Takes in what the variables of a body may be assigned. */
    void variables(ValuesTogether.Builder values, boolean times) {
      if (!datesAreAdded) {
        conversions.add(Conversion.ofVariables(values.build(), times));
      }
    }

    void alias(String name, ValuesTogether.Builder values) {
      aliases.computeIfAbsent(Tokens.lower(name), any -> new ArrayList<>(1)).add(values.build());
    }

    TimeFacts build() {
      if (together.isEmpty() && conversions.isEmpty()) {
        return NONE;
      }
      Map<String, List<ValuesTogether>> kept = new HashMap<>();
      aliases.forEach((name, values) -> kept.put(name, List.copyOf(values)));
      return new TimeFacts(together, conversions, kept);
    }
  }
}
