package dev.larder.jdbc.internal.catalog;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Attribute;
import dev.larder.jdbc.internal.analysis.ObjectName;
import dev.larder.jdbc.internal.analysis.TimeFacts;
import dev.larder.jdbc.internal.analysis.TimeFacts.Conversion;
import dev.larder.jdbc.internal.analysis.ValueTrait;
import dev.larder.jdbc.internal.analysis.ValuesTogether;
import dev.larder.jdbc.internal.bind.TimesBeside;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Does one text take a time from the clock by converting a value? Used by one thread.
 *
 * <p>A name of the text stands for every column of that name in its tables, and for whatever else
 * the text gives that name to.
 */
final class TimeJudge {

  private static final String OF_TODAY =
      "a time of day that meets a date, or what may be one, becomes one of the current date;"
          + " convert the other side to a time, or write the date";

  private static final String OF_A_TEXT =
      "a text that becomes a date or a time may say 'now' or 'today'; to_date() and to_timestamp()"
          + " read no such words";

  private static final String OF_AN_OFFSET =
      "a time with a time zone takes the offset of the current date";

  private final CatalogueContents contents;
  private final SearchPath path;
  private final TimeFacts facts;
  private final Collection<Relation> tables;
  private final List<TimesBeside> parameters = new ArrayList<>();

  /** Whether a name that is no column may stand for a time of day. */
  private boolean variablesMayBeTimes;

  /** Whether a name that is no column is known to stand for no text. */
  private boolean namesAreValues;

  TimeJudge(
      CatalogueContents contents, SearchPath path, TimeFacts facts, Collection<Relation> tables) {
    this.contents = contents;
    this.path = path;
    this.facts = facts;
    this.tables = tables;
  }

  /** Why the text's answer may follow the clock, or null where it does not. */
  ReadSet.@Nullable Refused judge(Set<Attribute> attributes) {
    for (ValuesTogether values : facts.together()) {
      if (meet(values)) {
        return new ReadSet.Refused(BypassReason.NON_DETERMINISTIC_CONSTRUCT, OF_TODAY);
      }
    }
    for (Conversion conversion : facts.conversions()) {
      String why = conversion.isOfVariables() ? null : objection(conversion);
      if (why != null) {
        return new ReadSet.Refused(BypassReason.NON_DETERMINISTIC_CONSTRUCT, why);
      }
    }
    for (Attribute attribute : attributes) {
      boolean converts =
          attribute.owner() == Attribute.Owner.VALUE
              && TimeFacts.isTime(attribute.name())
              && tables.stream().noneMatch(table -> table.columns().holds(attribute.name()));
      if (converts) {
        return new ReadSet.Refused(BypassReason.NON_DETERMINISTIC_CONSTRUCT, OF_A_TEXT);
      }
    }
    return null;
  }

  /**
   * The same of a routine's body, whose variables take what they are assigned as their own type.
   * Its names may be those of variables and of what it was called with.
   */
  ReadSet.@Nullable Refused ofBody(Routine.Procedure procedure, Set<Attribute> attributes) {
    boolean texts = procedure.takesTexts();
    for (Conversion conversion : facts.conversions()) {
      if (conversion.isOfVariables()) {
        texts |= holdsText(conversion.values());
        variablesMayBeTimes |= mayBeTime(conversion.values(), new HashSet<>());
      }
    }
    namesAreValues = !texts;
    for (Conversion conversion : facts.conversions()) {
      boolean assigns =
          conversion.isOfVariables() && (conversion.declaresTimes() || procedure.givesTimes());
      if (assigns && texts) {
        return new ReadSet.Refused(BypassReason.NON_DETERMINISTIC_CONSTRUCT, OF_A_TEXT);
      }
    }
    return judge(attributes);
  }

  private boolean holdsText(ValuesTogether values) {
    namesAreValues = true;
    return mayBeText(values, new HashSet<>());
  }

  /** Parameters whose values decide, once all that stands beside them was judged. */
  List<TimesBeside> parameters() {
    return parameters;
  }

  // Times of day that take the current date.

  private boolean meet(ValuesTogether values) {
    Found found = new Found();
    found.add(values, new HashSet<>());
    Set<Integer> given = found.parameters;
    boolean some =
        values.has(ValueTrait.TO_TIME)
            || found.time
            || found.date
            || found.zoned
            || found.unknown > 0;
    if (!given.isEmpty() && (some || given.size() > 1)) {
      boolean toTime = values.has(ValueTrait.TO_TIME);
      parameters.add(
          new TimesBeside(
              List.copyOf(given), found.time || toTime, found.date && !toTime, found.unknown > 0));
    }
    if (found.zoned && !values.isOne()) {
      return true;
    }
    if (values.has(ValueTrait.TO_TIME)) {
      return found.unknown > 0 || found.text;
    }
    return (found.time && (found.date || found.text))
        || found.unknown > 1
        || (found.unknown > 0 && (found.time || found.date));
  }

  private final class Found {
    private boolean time;
    private boolean zoned;
    private boolean date;
    private boolean text;
    private int unknown;
    private final Set<Integer> parameters = new HashSet<>();

    void add(ValuesTogether values, Set<String> seen) {
      parameters.addAll(values.parameters());
      time |= values.has(ValueTrait.TIME);
      zoned |= values.has(ValueTrait.ZONED_TIME);
      date |= values.has(ValueTrait.DATE);
      unknown += values.has(ValueTrait.ANYTHING) ? 1 : 0;
      if (values.has(ValueTrait.ALL_COLUMNS)) {
        for (Relation table : tables) {
          time |= table.columns().has(TypeFamily.TIME);
          zoned |= table.columns().has(TypeFamily.ZONED_TIME);
          date |= table.columns().has(TypeFamily.DATE);
        }
      }
      for (String function : values.functions()) {
        unknown += isOfUser(function) ? 1 : 0;
      }
      for (String name : values.names()) {
        name(name, seen);
      }
    }

    private void name(String spelled, Set<String> seen) {
      String name = spelled.startsWith(".") ? spelled.substring(1) : spelled;
      boolean known = false;
      for (Relation table : tables) {
        TypeFamily family = table.columns().family(name);
        if (family != null) {
          known = true;
          add(family);
        }
      }
      List<ValuesTogether> given = facts.aliases().get(name);
      if (given != null) {
        known = true;
        if (seen.add(name)) {
          given.forEach(values -> add(values, seen));
        }
      }
      // What is no column may be a keyword; behind a dot or in quotes it is something else.
      unknown += !known && spelled.startsWith(".") ? 1 : 0;
    }

    private void add(TypeFamily family) {
      switch (family) {
        case TIME -> time = true;
        case ZONED_TIME -> zoned = true;
        case DATE -> date = true;
        case TEXT -> text = true;
        case OTHER -> unknown++;
        case PLAIN -> {}
      }
    }
  }

  private boolean isOfUser(String function) {
    return contents.routines(ObjectName.of(function), path).stream()
        .anyMatch(routine -> routine.origin() != Routine.Origin.BUILT_IN);
  }

  // Texts that name the current time.

  private @Nullable String objection(Conversion conversion) {
    if (conversion.type().equals(Conversion.OTHER_ZONE)) {
      return mayBeTime(conversion.values(), new HashSet<>()) ? OF_AN_OFFSET : null;
    }
    TypeFamily family =
        conversion.type().equals(Conversion.TIME)
            ? TypeFamily.DATE
            : conversion.type().equals(Conversion.ZONED_TIME)
                ? TypeFamily.ZONED_TIME
                : contents.types().getOrDefault(conversion.type(), TypeFamily.OTHER);
    return switch (family) {
      case ZONED_TIME -> OF_AN_OFFSET;
      case PLAIN -> null;
      case TIME, DATE, TEXT -> mayBeText(conversion.values(), new HashSet<>()) ? OF_A_TEXT : null;
      case OTHER ->
          isRowWithOffset(conversion.type())
              ? OF_AN_OFFSET
              : mayBeText(conversion.values(), new HashSet<>()) ? OF_A_TEXT : null;
    };
  }

  /** Whether the type is that of a table's rows which nothing is kept of. */
  private boolean isRowWithOffset(String type) {
    return contents.relations(ObjectName.of(type), path).stream()
        .anyMatch(table -> table.kind() == RelationKind.UNTRACKABLE);
  }

  private boolean mayBeTime(ValuesTogether values, Set<String> seen) {
    return values.has(ValueTrait.TIME)
        || values.has(ValueTrait.ALL_COLUMNS)
        || values.functions().stream().anyMatch(this::isOfUser)
        || values.names().stream().anyMatch(name -> mayBeTime(name, seen));
  }

  private boolean mayBeTime(String spelled, Set<String> seen) {
    String name = spelled.startsWith(".") ? spelled.substring(1) : spelled;
    boolean known = false;
    for (Relation table : tables) {
      TypeFamily family = table.columns().family(name);
      if (family == TypeFamily.TIME || family == TypeFamily.OTHER) {
        return true;
      }
      known |= family != null;
    }
    List<ValuesTogether> given = facts.aliases().get(name);
    if (given == null) {
      return !known && variablesMayBeTimes;
    }
    return seen.add(name) && given.stream().anyMatch(values -> mayBeTime(values, seen));
  }

  private boolean mayBeText(ValuesTogether values, Set<String> seen) {
    return values.has(ValueTrait.TEXT)
        || values.has(ValueTrait.ALL_COLUMNS)
        || values.has(ValueTrait.ANYTHING)
        || values.functions().stream().anyMatch(this::isOfUser)
        || values.names().stream().anyMatch(name -> mayBeText(name, seen));
  }

  private boolean mayBeText(String spelled, Set<String> seen) {
    String name = spelled.startsWith(".") ? spelled.substring(1) : spelled;
    boolean known = false;
    for (Relation table : tables) {
      TypeFamily family = table.columns().family(name);
      if (family == TypeFamily.OTHER || family == TypeFamily.TEXT) {
        return true;
      }
      known |= family != null;
    }
    List<ValuesTogether> given = facts.aliases().get(name);
    if (given == null) {
      return !known && !namesAreValues;
    }
    return seen.add(name) && given.stream().anyMatch(values -> mayBeText(values, seen));
  }
}
