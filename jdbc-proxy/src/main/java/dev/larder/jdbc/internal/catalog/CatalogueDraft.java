package dev.larder.jdbc.internal.catalog;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.analysis.TextAnalyzer;
import dev.larder.jdbc.internal.analysis.Verb;
import dev.larder.jdbc.internal.catalog.CatalogueContents.Unnamed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A catalogue while it is being read. Not thread-safe. */
public final class CatalogueDraft {

  /** The verbs that change rows one by one. */
  public static final Set<Verb> ROW_VERBS = Set.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE);

  /** The verbs that give columns values. */
  public static final Set<Verb> VALUE_VERBS = Set.of(Verb.INSERT, Verb.UPDATE);

  private final Map<TableName, Relation.Draft> relations = new LinkedHashMap<>();
  private final List<Routine> routines = new ArrayList<>();
  private final Map<TableName, Set<TableName>> parents = new HashMap<>();
  private final List<Unnamed> unnamed = new ArrayList<>();
  private final Set<String> customSettings = new HashSet<>();
  private final Map<String, TypeFamily> types = new HashMap<>();
  private boolean holdsEveryRoutine;

  private static final Pattern CUSTOM_NAME =
      Pattern.compile("'([a-zA-Z_][\\w$]*(?:\\.[a-zA-Z_][\\w$]*)+)'");

  /** Nothing is hidden from the reader: a routine that was not added does not exist. */
  public void holdsEveryRoutine() {
    holdsEveryRoutine = true;
  }

  /** Takes down the settings that a definition may read: any name with a dot that it spells out. */
  public void reads(@Nullable String definition) {
    if (definition == null || !definition.toLowerCase(Locale.ROOT).contains("current_setting")) {
      return;
    }
    Matcher name = CUSTOM_NAME.matcher(definition);
    while (name.find()) {
      customSettings.add(name.group(1).toLowerCase(Locale.ROOT));
    }
  }

  public Relation.Draft add(
      TableName name, RelationKind kind, String detail, boolean dependenciesAreComplete) {
    return relations.computeIfAbsent(
        name, fresh -> new Relation.Draft(fresh, kind, detail, dependenciesAreComplete));
  }

  public Relation.@Nullable Draft relation(TableName name) {
    return relations.get(name);
  }

  public Iterable<Relation.Draft> relations() {
    return relations.values();
  }

  /** A type that is not built in; of several with one name the one that tells least counts. */
  public void type(String name, TypeFamily family) {
    types.merge(name.toLowerCase(Locale.ROOT), family, (a, b) -> a == TypeFamily.PLAIN ? b : a);
  }

  public void add(Routine routine) {
    routines.add(routine);
  }

  public void add(Unnamed each) {
    unnamed.add(each);
  }

  public void inherits(TableName child, TableName parent) {
    parents.computeIfAbsent(child, any -> new LinkedHashSet<>()).add(parent);
  }

  /**
   * What a foreign key makes of a write to the table it references.
   *
   * @param columns the columns that it references, by those that reference them; null where they
   *     are not known
   */
  public void foreignKey(
      TableName child,
      TableName parent,
      Action onDelete,
      Action onUpdate,
      @Nullable Map<String, String> columns) {
    Relation.Draft draft = relations.get(parent);
    if (draft != null) {
      draft.effects.add(
          new Effect(
              Set.of(Verb.TRUNCATE_CASCADE), new Effect.Writes(child, Verb.TRUNCATE_CASCADE)));
      if (onDelete == Action.CASCADE) {
        draft.effects.add(
            new Effect(
                Set.of(Verb.DELETE),
                new Effect.Deletes(child, columns == null ? Map.of() : columns)));
      } else if (onDelete != Action.NONE) {
        Verb verb = onDelete == Action.UNTOLD ? Verb.DELETE : Verb.UPDATE;
        draft.effects.add(new Effect(Set.of(Verb.DELETE), new Effect.Writes(child, verb)));
      }
      if (onUpdate != Action.NONE) {
        draft.effects.add(
            new Effect(
                Set.of(Verb.UPDATE),
                new Effect.Writes(child, Verb.UPDATE),
                Effect.Moment.APART,
                columns == null ? null : Set.copyOf(columns.values())));
      }
    }
  }

  /** What a foreign key does to the referencing rows. */
  public enum Action {
    CASCADE,
    /** SET NULL or SET DEFAULT. */
    SET,
    /** NO ACTION or RESTRICT. */
    NONE,
    /** Anything, to any rows. */
    UNTOLD;

    /** Reads the words that information_schema uses. */
    public static Action ofRule(@Nullable String rule) {
      if (rule == null) {
        return UNTOLD;
      }
      return switch (rule) {
        case "CASCADE" -> CASCADE;
        case "NO ACTION", "RESTRICT" -> NONE;
        case "SET NULL", "SET DEFAULT" -> SET;
        default -> UNTOLD;
      };
    }
  }

  public RelationalCatalogue finish(
      BuiltIns builtIns, TextAnalyzer analyzer, FunctionDeclarations declarations) {
    List<Relation> finished = new ArrayList<>(relations.size());
    relations.values().forEach(draft -> finished.add(draft.finish()));
    return new RelationalCatalogue(
        new CatalogueContents(
            finished, routines, new Families(parents), unnamed, builtIns, holdsEveryRoutine, types),
        analyzer,
        declarations,
        customSettings);
  }
}
