package dev.larder.jdbc.internal.catalog;

import dev.larder.invalidation.TableName;
import dev.larder.jdbc.internal.analysis.Attribute;
import dev.larder.jdbc.internal.analysis.BodyFacts;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.Facts.TableWrite;
import dev.larder.jdbc.internal.analysis.Locking;
import dev.larder.jdbc.internal.analysis.ObjectName;
import dev.larder.jdbc.internal.analysis.RowFacts;
import dev.larder.jdbc.internal.analysis.Verb;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations.Declaration;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations.Writes;
import dev.larder.jdbc.internal.catalog.ParsedDefinitions.NotUnderstood;
import dev.larder.jdbc.internal.catalog.ParsedDefinitions.Parsed;
import dev.larder.jdbc.internal.catalog.ParsedDefinitions.Understood;
import dev.larder.jdbc.internal.rows.RowsWritten;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One walk from a statement to everything it may change. Used once, by one thread.
 *
 * <p>The walk goes on after the first thing that cannot be proven, since it also answers whether
 * the session may be altered.
 */
final class WriteConsequences {

  /*
   * Writing and reading both spread: writing a table runs its triggers, defaults, checks and
   * policies; reading one runs the functions of its views and policies. Each (relation, verb),
   * relation read, routine and text is entered once, so cycles (a trigger that writes its own table,
   * functions that call each other) end. Work waits in a queue rather than on the stack because a
   * chain of foreign keys can be as long as the schema.
   */

  /**
   * @param assigned the columns that an UPDATE changes, or null where more may be
   */
  private record Written(TableName table, Verb verb, @Nullable Set<String> assigned) {}

  /** The one function whose effect on the session the analysis of the text tells. */
  private static final String TRACKED_SETTING_FUNCTION = "set_config";

  private static final Set<Verb> ROW_VERBS = Set.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE);

  private final CatalogueContents contents;
  private final ParsedDefinitions definitions;
  private final FunctionDeclarations declarations;
  private final DeclaredBodies bodies;
  private final Set<TableName> tables = new HashSet<>();
  private final DirectWrites written;
  private final FollowingWrites following;
  private boolean direct = true;

  /** The routine of which the body is being run, or null. */
  private @Nullable RoutineKey running;

  /** That body, while its own writes are taken down. */
  private @Nullable Definition body;

  private final RowFacts rows;
  private final SearchPath path;
  private final Set<Object> seen = new HashSet<>();
  private final Deque<Runnable> open = new ArrayDeque<>();
  private @Nullable String everything;
  private boolean altersSession;
  private Locking locks = Locking.NOTHING;

  private WriteConsequences(
      Facts facts,
      SearchPath path,
      CatalogueContents contents,
      ParsedDefinitions definitions,
      FunctionDeclarations declarations) {
    this.rows = facts.rows();
    this.path = path;
    this.contents = contents;
    this.definitions = definitions;
    this.declarations = declarations;
    this.bodies = new DeclaredBodies(contents, definitions);
    this.written = new DirectWrites(contents, definitions);
    this.following = new FollowingWrites(contents, definitions);
  }

  /** Walks all that a statement does, whatever its kind. */
  static WriteConsequences of(
      Facts facts,
      SearchPath path,
      CatalogueContents contents,
      ParsedDefinitions definitions,
      FunctionDeclarations declarations) {
    WriteConsequences walk =
        new WriteConsequences(facts, path, contents, definitions, declarations);
    walk.unnamed();
    for (TableWrite write : facts.writes()) {
      walk.write(write.table(), write.verb(), path);
    }
    for (ObjectName table : facts.reads()) {
      walk.read(table, path);
    }
    for (ObjectName function : facts.functions()) {
      if (!walk.isUnknownEscape(facts, function)) {
        walk.call(function, path, false);
      }
    }
    walk.callAttributes(facts.attributes(), path);
    walk.direct = false;
    while (!walk.open.isEmpty()) {
      walk.open.pop().run();
    }
    return walk;
  }

  WriteSet writes() {
    if (everything != null) {
      return new WriteSet.Everything(everything);
    }
    RowsWritten own = new RowDependencies(contents, path).written(rows, written);
    return new WriteSet.Tables(
        tables,
        written.plain(),
        own == null ? null : own.followedBy(following.following(own, written)));
  }

  boolean altersSession() {
    return altersSession;
  }

  /** What is locked beside what the statement's own text says. */
  Locking locks() {
    return locks;
  }

  private void unnamed() {
    contents.unnamed().forEach(each -> call(each.routine()));
  }

  private void write(ObjectName name, Verb verb, SearchPath path) {
    List<Relation> found = contents.relations(name, path);
    List<Relation> own =
        found.stream().filter(relation -> relation.kind() != RelationKind.SYSTEM).toList();
    if (own.isEmpty()) {
      everything("writes " + name + ", which the catalogue does not hold as a table");
    }
    own.forEach(relation -> write(relation, verb));
  }

  private void write(TableName name, Verb verb) {
    Relation relation = contents.relation(name);
    if (relation == null) {
      everything("writes " + name + ", which the catalogue does not hold");
    } else {
      write(relation, verb);
    }
  }

  private void write(Relation relation, Verb verb) {
    if (body == null || running == null) {
      following.wrote(relation);
    } else {
      following.wrote(relation, verb, running, body);
    }
    spread(relation, verb);
  }

  private void spread(Relation relation, Verb verb) {
    Set<String> assigned = null;
    if (direct) {
      written.directly(relation, verb);
      assigned = written.assigned(relation, verb, rows.write());
    } else {
      written.byConsequence(relation);
    }
    Set<String> changed = assigned;
    for (Verb each : written.verbs(relation, verb)) {
      for (Relation member : contents.family(relation)) {
        if (seen.add(new Written(member.name(), each, changed))) {
          open.add(() -> follow(member, each, changed));
        }
      }
    }
  }

  /**
   * @param assigned the columns that an UPDATE changes, or null where more may be
   */
  private void follow(Relation relation, Verb verb, @Nullable Set<String> assigned) {
    if (relation.kind() == RelationKind.VIEW) {
      writeThrough(relation, verb);
    } else {
      tables.add(contents.families().cell(relation.name()));
    }
    read(relation);
    for (Effect effect : relation.effects()) {
      if (effect.on().contains(verb) && !effect.isSparedBy(assigned)) {
        if (effect.moment() == Effect.Moment.APART && effect.then() instanceof Effect.Calls fired) {
          following.fired(fired.routine(), relation);
          open(fired.routine());
        } else {
          then(effect.then(), relation);
        }
      }
    }
  }

  /** An updatable view passes a write on to some of the tables it reads; all of them count. */
  private void writeThrough(Relation view, Verb verb) {
    view.readsFrom().forEach(table -> write(table, verb));
    if (view.dependenciesAreComplete()) {
      return;
    }
    for (Definition definition : view.definitions()) {
      Parsed parsed = definitions.query(definition);
      if (parsed instanceof Understood understood) {
        for (ObjectName table : understood.facts().reads()) {
          if (!isCommonTable(table, understood.facts(), definition.path())) {
            write(table, verb, definition.path());
          }
        }
      } else if (parsed instanceof NotUnderstood not) {
        everything(not.why());
      }
    }
  }

  private boolean isCommonTable(ObjectName table, Facts facts, SearchPath path) {
    return table.schema() == null
        && facts.commonTables().stream().anyMatch(table.name()::equalsIgnoreCase)
        && contents.relations(table, path).isEmpty();
  }

  private void then(Effect.Consequence consequence, Relation from) {
    Relation known =
        consequence instanceof Effect.Deletes ofKey ? contents.relation(ofKey.table()) : null;
    if (consequence instanceof Effect.Deletes ofKey && known != null) {
      following.cascaded(known, from, ofKey.columns());
      spread(known, Verb.DELETE);
    } else if (consequence instanceof Effect.Deletes ofKey) {
      write(ofKey.table(), Verb.DELETE);
    } else if (consequence instanceof Effect.Writes writes) {
      write(writes.table(), writes.verb());
    } else if (consequence instanceof Effect.Calls calls) {
      call(calls.routine());
    } else if (consequence instanceof Effect.Runs runs) {
      if (runs.text().form() == Definition.Form.BODY) {
        run(runs.text());
      } else {
        evaluate(runs.text(), false);
      }
    } else if (consequence instanceof Effect.RunsForeignCode code) {
      Optional<Declaration> declared = declarations.find(ObjectName.of(code.name()));
      if (declared.isPresent()) {
        declared(declared.get());
      } else {
        mayDoAnything("runs " + code.name() + ", whose code cannot be read");
      }
    } else if (consequence instanceof Effect.Unknown unknown) {
      everything(unknown.why());
    }
  }

  private void read(ObjectName name, SearchPath path) {
    // A name that is not there may be a common table or a temporary one; a temporary view is the
    // only
    // one that could run a function, and creating it is a definition like any other.
    contents.relations(name, path).forEach(this::read);
  }

  /** Reading runs what the definitions of views and policies call. */
  private void read(Relation relation) {
    if (!seen.add(relation)) {
      return;
    }
    relation.calls().forEach(this::call);
    for (Definition definition : relation.definitions()) {
      open.add(() -> evaluate(definition, relation.dependenciesAreComplete()));
    }
    for (TableName dependency : relation.readsFrom()) {
      Relation known = contents.relation(dependency);
      if (known != null) {
        open.add(() -> read(known));
      }
    }
  }

  private void evaluate(Definition definition, boolean callsAreKnown) {
    Parsed parsed = definitions.query(definition);
    if (parsed instanceof Understood understood) {
      Facts facts = understood.facts();
      locks = locks.and(facts.locks());
      facts.functions().forEach(function -> call(function, definition.path(), true));
      callAttributes(facts.attributes(), definition.path());
      facts.reads().forEach(table -> read(table, definition.path()));
      facts.writes().forEach(write -> write(write.table(), write.verb(), definition.path()));
    } else if (!callsAreKnown && parsed instanceof NotUnderstood not) {
      everything(not.why());
    }
  }

  /**
   * @param nested whether a definition calls it, so that the statement's own facts do not tell what
   *     it does to the session
   */
  private void call(ObjectName function, SearchPath path, boolean nested) {
    Optional<Declaration> declared = declarations.find(function);
    if (declared.isPresent()) {
      declared(declared.get());
      return;
    }
    String name = CatalogueContents.lower(function.name());
    locks = locks.and(Locking.ofFunction(name));
    List<Routine> candidates = contents.routines(function, path);
    for (Routine candidate : candidates) {
      if (candidate.origin() == Routine.Origin.BUILT_IN
          && !nested
          && name.equals(TRACKED_SETTING_FUNCTION)) {
        continue;
      }
      call(candidate.key());
    }
    if (candidates.isEmpty() && !builtInWithoutEffect(function, name, nested)) {
      mayDoAnything("calls " + function + ", which the catalogue does not hold");
    }
  }

  /**
   * Whether it is a function of JDBC's that nobody has: an error, and no call of something unseen.
   */
  private boolean isUnknownEscape(Facts facts, ObjectName function) {
    return facts.escaped().contains(function)
        && contents.holdsEveryRoutine()
        && declarations.find(function).isEmpty()
        && contents.routines(function, path).isEmpty();
  }

  /** Columns for the most part; what may be a call counts as one. */
  private void callAttributes(Set<Attribute> attributes, SearchPath path) {
    for (Attribute attribute : attributes) {
      contents.routines(attribute, path).forEach(routine -> call(routine.key()));
    }
  }

  private boolean builtInWithoutEffect(ObjectName function, String name, boolean nested) {
    BuiltIns builtIns = contents.builtIns();
    if (function.schema() != null
        && !builtIns.alwaysSearched().contains(CatalogueContents.lower(function.schema()))) {
      return false;
    }
    if (builtIns.settingFunctions().contains(name)) {
      altersSession |= nested || !name.equals(TRACKED_SETTING_FUNCTION);
      return true;
    }
    return builtIns.knowsDeterministic(name) || builtIns.harmless().contains(name);
  }

  private void call(RoutineKey key) {
    following.called(key);
    open(key);
  }

  private void open(RoutineKey key) {
    if (seen.add(key)) {
      open.add(() -> enter(key));
    }
  }

  private void enter(RoutineKey key) {
    Routine routine = contents.routine(key);
    Optional<Declaration> declared = declarations.find(key);
    locks = locks.and(Locking.ofFunction(key.name()));
    if (declared.isPresent()) {
      declared(declared.get(), routine);
    } else if (routine == null) {
      mayDoAnything("calls " + key + ", which the catalogue does not hold");
    } else if (routine.body() instanceof Routine.Combines aggregate) {
      combine(aggregate);
    } else {
      if (routine.defaults() != null) {
        evaluate(routine.defaults(), false);
      }
      runUnlessHarmless(routine);
    }
  }

  private void runUnlessHarmless(Routine routine) {
    if (!writesNothing(routine)) {
      if (routine.body() instanceof Routine.Source source) {
        run(routine, source.text());
      } else if (routine.body() instanceof Routine.Opaque opaque) {
        mayDoAnything("calls " + routine.key() + ": " + opaque.why());
      }
    }
  }

  private void run(Routine routine, Definition text) {
    running = routine.key();
    run(text);
    running = null;
  }

  private void combine(Routine.Combines aggregate) {
    for (RoutineKey part : aggregate.routines()) {
      Routine routine = contents.routine(part);
      // PostGIS declares the compiled parts of its aggregates volatile, though they only compute.
      if (routine == null || routine.origin() != Routine.Origin.EXTENSION) {
        call(part);
      }
    }
  }

  /** Whether the routine's declaration alone shows that it writes no table. */
  private boolean writesNothing(Routine routine) {
    BuiltIns builtIns = contents.builtIns();
    String name = routine.key().name().toLowerCase(Locale.ROOT);
    if (routine.volatility() == Routine.Volatility.IMMUTABLE) {
      return true;
    }
    if (routine.origin() == Routine.Origin.USER) {
      return false;
    }
    if (builtIns.settingFunctions().contains(name)) {
      altersSession = true;
      return true;
    }
    // What comes with the product or an extension keeps PostgreSQL's rule that STABLE never writes.
    return routine.volatility() == Routine.Volatility.STABLE
        || builtIns.knowsDeterministic(name)
        || builtIns.harmless().contains(name);
  }

  private void run(Definition body) {
    if (!seen.add(body)) {
      following.lose();
      return;
    }
    BodyFacts found = definitions.body(body);
    if (found.opaque() != null) {
      mayDoAnything("runs " + body.of() + ": " + found.opaque());
    } else if (found.locks()) {
      locks = locks.and(Locking.TRANSACTION);
    }
    this.body = body;
    for (TableWrite write : found.writes()) {
      write(write.table(), write.verb(), body.path());
    }
    this.body = null;
    found.reads().forEach(table -> read(table, body.path()));
    found.functions().forEach(function -> call(function, body.path(), true));
    callAttributes(found.attributes(), body.path());
  }

  private void declared(Declaration declaration) {
    if (declaration instanceof Writes writes) {
      writes(writes.tables());
    }
  }

  private void declared(Declaration declaration, @Nullable Routine routine) {
    Definition text =
        routine != null && declaration instanceof Writes writes
            ? bodies.bearingOut(routine, writes)
            : null;
    if (routine != null && text != null && declaration instanceof Writes writes) {
      run(routine, text);
      writes(bodies.beyond(text, writes));
    } else {
      declared(declaration);
    }
  }

  private void writes(Set<ObjectName> declared) {
    // Only what it writes is declared, and what it reads it may lock.
    locks = locks.and(Locking.TRANSACTION);
    for (ObjectName table : declared) {
      ROW_VERBS.forEach(verb -> write(table, verb, SearchPath.UNKNOWN));
    }
  }

  private void mayDoAnything(String why) {
    altersSession = true;
    locks = Locking.SESSION;
    everything(why);
  }

  private void everything(String why) {
    if (everything == null) {
      everything = why;
    }
  }
}
