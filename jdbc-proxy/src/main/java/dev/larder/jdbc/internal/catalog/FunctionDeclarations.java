package dev.larder.jdbc.internal.catalog;

import dev.larder.jdbc.internal.analysis.ObjectName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the user says of functions the catalogue cannot judge ({@code larder.functions}). Immutable
 * and thread-safe.
 *
 * <p>Entries are separated by semicolons: {@code calc_tax=immutable; rate_of=reads(public.rate);
 * audit_log=writes(public.audit, public.log); com.acme.StockTrigger=writes(STOCK_AUDIT)}. A name
 * stands for every function, procedure, trigger function or H2 trigger class of that name, whatever
 * its case; {@code writes()} writes nothing.
 */
public final class FunctionDeclarations {

  public static final FunctionDeclarations NONE = new FunctionDeclarations(Map.of());

  private static final Pattern ENTRY =
      Pattern.compile(
          "(?<name>[^=()\\s]+)\\s*=\\s*(?:(?<immutable>immutable)"
              + "|(?<how>reads|writes)\\s*\\((?<tables>[^()]*)\\))",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern TABLE = Pattern.compile("(?:([^.\\s,]+)\\.)?([^.\\s,]+)");

  private final Map<String, Declaration> byName;

  private FunctionDeclarations(Map<String, Declaration> byName) {
    this.byName = Map.copyOf(byName);
  }

  /** What a declaration says. */
  public sealed interface Declaration {}

  /** The answer follows from the arguments; nothing is read or written. */
  public record Immutable() implements Declaration {}

  /** The answer follows from the arguments and these tables; nothing is written. */
  public record Reads(Set<ObjectName> tables) implements Declaration {}

  /** Nothing but these tables is written; nothing is said of the answer. */
  public record Writes(Set<ObjectName> tables) implements Declaration {}

  /**
   * Reads the setting.
   *
   * @throws IllegalArgumentException naming every entry that cannot be read
   */
  public static FunctionDeclarations parse(String setting) {
    Map<String, Declaration> found = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (String entry : setting.split(";", -1)) {
      if (!entry.isBlank()) {
        readEntry(entry.strip(), found, problems);
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return new FunctionDeclarations(found);
  }

  private static void readEntry(
      String entry, Map<String, Declaration> found, List<String> problems) {
    Matcher matcher = ENTRY.matcher(entry);
    if (!matcher.matches()) {
      problems.add(
          "'"
              + entry
              + "' is not of the form name=immutable, name=reads(table, ...) or"
              + " name=writes(table, ...)");
      return;
    }
    Set<ObjectName> tables = new LinkedHashSet<>();
    String list = matcher.group("tables");
    if (list != null && !list.isBlank()) {
      for (String part : list.split(",", -1)) {
        Matcher table = TABLE.matcher(part.strip());
        if (table.matches()) {
          tables.add(ObjectName.of(table.group(1), table.group(2)));
        } else {
          problems.add("'" + part.strip() + "' in '" + entry + "' is not a table name");
        }
      }
    }
    Declaration declaration =
        matcher.group("immutable") != null
            ? new Immutable()
            : "reads".equalsIgnoreCase(matcher.group("how"))
                ? new Reads(Set.copyOf(tables))
                : new Writes(Set.copyOf(tables));
    if (declaration instanceof Reads && tables.isEmpty()) {
      problems.add("'" + entry + "' reads no table: say immutable");
    }
    String name = matcher.group("name");
    if (found.putIfAbsent(name.toLowerCase(Locale.ROOT), declaration) != null) {
      problems.add("'" + name + "' is declared twice");
    }
  }

  /** What was declared for a function as a text or the catalogue spells it. */
  public Optional<Declaration> find(ObjectName function) {
    if (function.schema() != null) {
      Declaration qualified = byName.get(lower(function.schema() + "." + function.name()));
      if (qualified != null) {
        return Optional.of(qualified);
      }
    }
    return Optional.ofNullable(byName.get(lower(function.name())));
  }

  public Optional<Declaration> find(RoutineKey routine) {
    return find(ObjectName.of(routine.schema(), routine.name()));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
