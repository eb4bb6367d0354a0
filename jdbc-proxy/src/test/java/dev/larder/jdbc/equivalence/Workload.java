package dev.larder.jdbc.equivalence;

import dev.larder.jdbc.equivalence.Model.Relation;
import dev.larder.jdbc.equivalence.QueryWriter.Query;
import dev.larder.jdbc.equivalence.Step.Act;
import dev.larder.jdbc.equivalence.Step.Asked;
import dev.larder.jdbc.equivalence.Step.By;
import dev.larder.testkit.Product;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an application does on three connections, chosen step by step from a seed and from what the
 * database answered so far. For one thread.
 */
final class Workload {

  /*
   * One thread drives all connections, and an answer from memory takes no lock that the database's own would. So a step that
   * needs a table for itself (definitions, TRUNCATE) comes only when no other connection is in a transaction; and while one
   * transaction has such a lock, or has written, the others leave its tables alone or, now and then, meet a lock time-out that is
   * the same on both sides.
   */

  private static final int CONNECTIONS = 3;

  private static final class Talk {
    boolean inTransaction;
    boolean used;
    boolean wrote;
    boolean holdsTables;
    boolean failed;
    boolean savepoint;
    List<Relation> modelAtStart = List.of();
  }

  private final Product product;
  private final Chance chance;
  private final Model model = new Model();
  private final QueryWriter queries;
  private final ChangeWriter changes;
  private final SchemaWriter schema;
  private final boolean typesMayChange;
  private final Talk[] talks = new Talk[CONNECTIONS];
  private final List<Step.Run> favourites = new ArrayList<>();
  private final List<Step> planned = new ArrayList<>();

  Workload(Product product, long seed) {
    this.product = product;
    this.chance = new Chance(seed);
    this.queries = new QueryWriter(product, model, chance);
    this.changes = new ChangeWriter(product, model, chance, queries);
    this.schema = new SchemaWriter(product, model, chance);
    this.typesMayChange = !isServerPrepared(seed);
    for (int i = 0; i < CONNECTIONS; i++) {
      talks[i] = new Talk();
    }
    for (String sql : schema.beginning()) {
      planned.add(Step.before(sql));
    }
    planned.add(Step.act(Step.DIRECT, Act.REOPEN));
  }

  /**
   * Whether the drivers prepare statements on the server. Such a statement fails when a column's
   * type changes, at once or never depending on how often it really ran: so then none does.
   */
  static boolean isServerPrepared(long seed) {
    return Math.floorMod(seed, 2) == 1;
  }

  /** The next step, and what it was chosen to do to the connection's state. */
  Step next() {
    if (!planned.isEmpty()) {
      return planned.remove(0);
    }
    int on = chance.below(CONNECTIONS);
    Talk talk = talks[on];
    int holder = holder();
    if (holder >= 0 && holder != on) {
      on = holder;
      talk = talks[on];
    }
    if (talk.failed && chance.percent(60)) {
      return end(on, Act.ROLLBACK);
    }
    int what = chance.below(100);
    if (what < 13) {
      return transaction(on, talk);
    }
    if (what < 15) {
      return sessionSetting(on, talk);
    }
    if (what < 17 && isQuiet(on)) {
      Step step = definition(on, talk);
      if (step != null) {
        return step;
      }
    }
    if (what < 18 && isQuiet(on)) {
      talk.holdsTables |= talk.inTransaction;
      return used(talk, true, changes.truncate(on));
    }
    if (what < 30 && (!othersWrite(on) || chance.percent(3))) {
      return used(talk, true, changes.change(on));
    }
    if (what < 31) {
      return used(talk, false, Step.plain(on, By.QUERY, queries.uncomparable(), Asked.UNCOMPARED));
    }
    if (what < 34) {
      Relation table = chance.of(model.tables());
      Step open =
          chance.percent(50)
              ? Step.act(on, Act.READ_WHAT_IS_OPEN)
              : Step.open(on, "select * from " + table.name() + " order by 1");
      return used(talk, false, open);
    }
    return used(talk, false, read(on));
  }

  /** Takes in what the database answered. */
  void answered(Step step, Outcome outcome) {
    if (step.on() < CONNECTIONS && outcome.isError()) {
      Talk talk = talks[step.on()];
      talk.failed = talk.inTransaction && product == Product.POSTGRESQL;
    }
  }

  private Step used(Talk talk, boolean wrote, Step step) {
    talk.used |= talk.inTransaction;
    talk.wrote |= wrote && talk.inTransaction;
    return step;
  }

  private int holder() {
    for (int i = 0; i < CONNECTIONS; i++) {
      if (talks[i].holdsTables) {
        return i;
      }
    }
    return -1;
  }

  private boolean isQuiet(int on) {
    for (int i = 0; i < CONNECTIONS; i++) {
      if (i != on && talks[i].inTransaction && talks[i].used) {
        return false;
      }
    }
    return true;
  }

  private boolean othersWrite(int on) {
    for (int i = 0; i < CONNECTIONS; i++) {
      if (i != on && talks[i].wrote) {
        return true;
      }
    }
    return false;
  }

  private Step transaction(int on, Talk talk) {
    if (!talk.inTransaction) {
      if (chance.percent(35)) {
        return Step.act(
            on,
            chance.percent(8)
                ? Act.SERIALIZABLE
                : chance.of(Act.READ_COMMITTED, Act.READ_COMMITTED, Act.REPEATABLE_READ));
      }
      if (chance.percent(30)) {
        return end(on, Act.REOPEN);
      }
      if (!product.speaksMySql() && chance.percent(10)) {
        return Step.act(on, chance.of(Act.SCHEMA_OTHER, Act.SCHEMA_PUBLIC, Act.SCHEMA_PUBLIC));
      }
      talk.inTransaction = true;
      talk.modelAtStart = model.save();
      return Step.act(on, Act.AUTO_COMMIT_OFF);
    }
    int what = chance.below(10);
    if (what < 2 && !talk.savepoint && !talk.failed) {
      talk.savepoint = true;
      return used(talk, false, Step.act(on, Act.SAVEPOINT));
    }
    if (what < 4 && talk.savepoint) {
      if (chance.percent(30) && !talk.failed) {
        talk.savepoint = false;
        return Step.act(on, Act.RELEASE_SAVEPOINT);
      }
      talk.failed = false;
      return Step.act(on, Act.ROLLBACK_TO_SAVEPOINT);
    }
    return end(on, chance.of(Act.COMMIT, Act.COMMIT, Act.ROLLBACK, Act.AUTO_COMMIT_ON, Act.REOPEN));
  }

  /** Ends a transaction; after COMMIT and ROLLBACK the next begins by itself. */
  private Step end(int on, Act act) {
    Talk talk = talks[on];
    boolean undone =
        talk.inTransaction
            && (act == Act.ROLLBACK || act == Act.REOPEN || talk.failed)
            && product == Product.POSTGRESQL;
    if (undone) {
      model.restore(talk.modelAtStart);
    }
    talk.used = false;
    talk.wrote = false;
    talk.holdsTables = false;
    talk.failed = false;
    talk.savepoint = false;
    if (act == Act.AUTO_COMMIT_ON || act == Act.REOPEN) {
      talk.inTransaction = false;
    } else if (talk.inTransaction && chance.percent(70)) {
      talk.inTransaction = false;
      planned.add(Step.act(on, Act.AUTO_COMMIT_ON));
    }
    talk.modelAtStart = model.save();
    if (act == Act.REOPEN && product.speaksMySql()) {
      // MariaDB's server lets go of a closed connection's locks some time after the close.
      planned.add(Step.act(on, Act.AUTO_COMMIT_ON));
      planned.add(Step.act(on, Act.REOPEN));
      return Step.act(on, Act.ROLLBACK);
    }
    return Step.act(on, act);
  }

  private Step sessionSetting(int on, Talk talk) {
    String setting = schema.setting();
    return used(talk, false, Step.plain(on, By.EXECUTE, setting, Asked.PLAIN));
  }

  private @Nullable Step definition(int on, Talk talk) {
    List<String> sqls = schema.change(typesMayChange);
    if (sqls.isEmpty()) {
      return null;
    }
    talk.holdsTables |= talk.inTransaction;
    for (String sql : sqls.subList(1, sqls.size())) {
      planned.add(Step.plain(on, By.EXECUTE, sql, Asked.PLAIN));
    }
    return used(talk, true, Step.plain(on, By.EXECUTE, sqls.get(0), Asked.PLAIN));
  }

  private Step read(int on) {
    if (favourites.size() < 10 || chance.percent(8)) {
      Step.Run fresh = freshRead(on);
      if (favourites.size() >= 10) {
        favourites.remove(chance.below(favourites.size()));
      }
      favourites.add(fresh);
      return fresh;
    }
    Step.Run again = chance.of(favourites);
    return new Step.Run(
        on, again.by(), again.sql(), again.asked(), again.prepared(), again.values());
  }

  private Step.Run freshRead(int on) {
    boolean prepared = chance.percent(65);
    Query query = queries.query(prepared && chance.percent(80));
    Asked asked =
        new Asked(
            query.ordered(),
            true,
            query.ordered() && chance.percent(15) ? chance.between(1, 5) : 0,
            chance.percent(10) ? 1 : 0,
            chance.percent(10),
            false,
            prepared && chance.percent(40));
    By by = chance.percent(85) ? By.QUERY : By.EXECUTE;
    return new Step.Run(on, by, query.sql(), asked, prepared, query.values());
  }
}
