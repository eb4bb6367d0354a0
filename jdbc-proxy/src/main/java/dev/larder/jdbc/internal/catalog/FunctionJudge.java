package dev.larder.jdbc.internal.catalog;

import dev.larder.jdbc.internal.analysis.Attribute;
import dev.larder.jdbc.internal.analysis.ObjectName;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations.Declaration;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations.Immutable;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations.Reads;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Does a function's answer follow from its arguments and the key alone? Immutable and thread-safe.
 *
 * <p>A name stands for every overload the search path can see, and all of them have to pass.
 */
final class FunctionJudge {

  /** What is said of a function. */
  sealed interface Verdict {}

  /**
   * The answer follows from the arguments, the key and these tables.
   *
   * @param reads tables its declaration adds to the footprint
   * @param runs routines whose bodies and defaults have to be read for what they add
   */
  record Deterministic(Set<ObjectName> reads, Set<Routine> runs) implements Verdict {
    Deterministic(Set<ObjectName> reads) {
      this(reads, Set.of());
    }
  }

  /** The answer may depend on anything. */
  record Refused(String why) implements Verdict {}

  private static final Deterministic FROM_ARGUMENTS = new Deterministic(Set.of());

  private static final String CURRENT_SETTING = "current_setting";
  private static final Pattern CURRENT_SETTING_WORD =
      Pattern.compile("\\b" + CURRENT_SETTING + "\\b", Pattern.CASE_INSENSITIVE);
  // A custom setting has a dot in its name, is never changed by the server, and is part of the key.
  private static final Pattern CUSTOM_SETTING =
      Pattern.compile(
          "\\b" + CURRENT_SETTING + "\\s*\\(\\s*'[a-z_]\\w*(\\.\\w+)+'(::text)?\\s*[,)]",
          Pattern.CASE_INSENSITIVE);

  private final CatalogueContents contents;
  private final FunctionDeclarations declarations;

  FunctionJudge(CatalogueContents contents, FunctionDeclarations declarations) {
    this.contents = contents;
    this.declarations = declarations;
  }

  /**
   * Judges a function by name.
   *
   * @param text the text that calls it, where the catalogue holds it, or null
   */
  Verdict judge(ObjectName function, SearchPath path, @Nullable String text) {
    Optional<Declaration> declared = declarations.find(function);
    if (declared.isPresent()) {
      return judge(declared.get(), function.toString());
    }
    String name = CatalogueContents.lower(function.name());
    boolean mayBeBuiltIn = function.schema() == null || isBuiltInSchema(function.schema());
    if (mayBeBuiltIn && name.equals(CURRENT_SETTING) && onlyCustomSettings(text)) {
      return FROM_ARGUMENTS;
    }
    BuiltIns builtIns = contents.builtIns();
    List<Routine> candidates = contents.routines(function, path);
    boolean known = mayBeBuiltIn && builtIns.knowsDeterministic(name);
    if (mayBeBuiltIn
        && !known
        && candidates.stream().noneMatch(c -> c.origin() == Routine.Origin.BUILT_IN)
        && (builtIns.harmless().contains(name) || builtIns.settingFunctions().contains(name))) {
      return new Refused(function.toString());
    }
    return known || !candidates.isEmpty() ? judge(candidates) : new Refused(function.toString());
  }

  /** Judges every function that an attribute may be a call of; there may be none. */
  Verdict judge(Attribute attribute, SearchPath path) {
    return judge(contents.routines(attribute, path));
  }

  private Verdict judge(List<Routine> candidates) {
    Set<ObjectName> reads = new HashSet<>();
    Set<Routine> runs = new HashSet<>();
    for (Routine candidate : candidates) {
      Verdict verdict = judge(candidate, new HashSet<>());
      if (verdict instanceof Deterministic deterministic) {
        reads.addAll(deterministic.reads());
        runs.addAll(deterministic.runs());
      } else {
        return verdict;
      }
    }
    return new Deterministic(Set.copyOf(reads), Set.copyOf(runs));
  }

  /** Judges one overload. */
  Verdict judge(RoutineKey key) {
    Routine routine = contents.routine(key);
    return routine == null ? new Refused(key.toString()) : judge(routine, new HashSet<>());
  }

  private Verdict judge(Routine routine, Set<RoutineKey> seen) {
    Optional<Declaration> declared = declarations.find(routine.key());
    if (declared.isPresent()) {
      return judge(declared.get(), routine.key().toString());
    }
    if (routine.body() instanceof Routine.Combines aggregate) {
      return judge(aggregate, seen);
    }
    boolean deterministic =
        routine.volatility() == Routine.Volatility.IMMUTABLE
            || (routine.origin() == Routine.Origin.BUILT_IN
                && routine.volatility() == Routine.Volatility.STABLE
                && contents
                    .builtIns()
                    .deterministic()
                    .contains(CatalogueContents.lower(routine.key().name())));
    if (deterministic) {
      return routine.defaults() == null
          ? FROM_ARGUMENTS
          : new Deterministic(Set.of(), Set.of(routine));
    }
    return routine.body() instanceof Routine.Source source
            && !(source.answer() instanceof Routine.Unread)
        ? new Deterministic(Set.of(), Set.of(routine))
        : new Refused(routine.key() + whyUnread(routine));
  }

  private static String whyUnread(Routine routine) {
    if (routine.origin() == Routine.Origin.BUILT_IN) {
      return "";
    }
    String why =
        routine.body() instanceof Routine.Source source
                && source.answer() instanceof Routine.Unread unread
            ? unread.why()
            : routine.body() instanceof Routine.Opaque opaque ? opaque.why() : "";
    return (why.isEmpty() ? "" : ", " + why) + remedy(routine.key());
  }

  /** What makes a function cacheable whose answer cannot be followed. */
  static String remedy(RoutineKey routine) {
    return "; if it does follow from its arguments, or from tables, say so in larder.functions: "
        + routine
        + "=immutable, "
        + routine
        + "=reads(...)";
  }

  private Verdict judge(Routine.Combines aggregate, Set<RoutineKey> seen) {
    Set<ObjectName> reads = new HashSet<>();
    Set<Routine> runs = new HashSet<>();
    for (RoutineKey part : aggregate.routines()) {
      if (seen.add(part)) {
        Routine routine = contents.routine(part);
        Verdict verdict = routine == null ? new Refused(part.toString()) : judge(routine, seen);
        if (verdict instanceof Deterministic deterministic) {
          reads.addAll(deterministic.reads());
          runs.addAll(deterministic.runs());
        } else {
          return verdict;
        }
      }
    }
    return new Deterministic(Set.copyOf(reads), Set.copyOf(runs));
  }

  private static Verdict judge(Declaration declaration, String name) {
    if (declaration instanceof Immutable) {
      return FROM_ARGUMENTS;
    }
    return declaration instanceof Reads reads
        ? new Deterministic(reads.tables())
        : new Refused(name);
  }

  private boolean isBuiltInSchema(String schema) {
    return contents.builtIns().alwaysSearched().contains(CatalogueContents.lower(schema));
  }

  private static boolean onlyCustomSettings(@Nullable String text) {
    return text != null && count(CURRENT_SETTING_WORD, text) == count(CUSTOM_SETTING, text);
  }

  private static long count(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    long count = 0;
    while (matcher.find()) {
      count++;
    }
    return count;
  }
}
