package dev.larder.jdbc.equivalence;

import dev.larder.jdbc.equivalence.Model.Column;
import dev.larder.jdbc.equivalence.Model.Relation;
import dev.larder.jdbc.equivalence.QueryWriter.Query;
import dev.larder.jdbc.equivalence.Step.Asked;
import dev.larder.jdbc.equivalence.Step.By;
import dev.larder.testkit.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes statements that change rows, of every kind a product knows. For one thread. */
final class ChangeWriter {

  private static final int MOST_ROWS = 24;

  private final Product product;
  private final Model model;
  private final Chance chance;
  private final QueryWriter queries;

  ChangeWriter(Product product, Model model, Chance chance, QueryWriter queries) {
    this.product = product;
    this.model = model;
    this.chance = chance;
    this.queries = queries;
  }

  Step change(int on) {
    Relation target = chance.of(model.writable());
    return switch (chance.below(13)) {
      case 0, 1 -> insert(on, target);
      case 2 -> batch(on, target);
      case 3 -> insertFromQuery(on, target);
      case 4 -> upsert(on, target);
      case 5, 6, 7 -> update(on, target);
      case 8 -> updateWithJoin(on);
      case 9, 10 -> delete(on, target);
      case 11 -> special(on, target);
      default -> numbered(on);
    };
  }

  private Step insert(int on, Relation target) {
    int rows = chance.percent(30) ? chance.between(2, 4) : 1;
    boolean prepared = chance.percent(60);
    List<@Nullable Object> values = new ArrayList<>();
    List<String> tuples = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      tuples.add(tuple(target, prepared ? values : null));
    }
    String sql =
        "insert into "
            + target.name()
            + " ("
            + names(target)
            + ") values "
            + String.join(", ", tuples);
    if (chance.percent(25)) {
      switch (product) {
        case POSTGRESQL, MARIADB -> {
          return run(on, By.QUERY, sql + " returning id, c1", prepared, values);
        }
        case MYSQL -> {
          // It has no RETURNING.
        }
        case H2 -> {
          return run(
              on, By.QUERY, "select id, c1 from final table (" + sql + ")", prepared, values);
        }
      }
    }
    return run(on, chance.percent(70) ? By.UPDATE : By.EXECUTE, sql, prepared, values);
  }

  private Step batch(int on, Relation target) {
    if (chance.percent(50)) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        rows.add(Step.row(chance.below(12), chance.between(1, MOST_ROWS)));
      }
      return Step.batch(on, "update " + target.name() + " set c1 = ? where id = ?", rows);
    }
    return Step.texts(
        on,
        "update " + target.name() + " set c1 = c1 + 1 where id = " + chance.between(1, MOST_ROWS),
        "delete from " + target.name() + " where id = " + chance.between(1, MOST_ROWS));
  }

  private Step insertFromQuery(int on, Relation target) {
    Relation from = chance.of(model.tables());
    int shift = chance.between(1, 20);
    return run(
        on,
        By.UPDATE,
        "insert into "
            + target.name()
            + " (id, c1) select id + "
            + shift
            + ", c1 from "
            + from.name()
            + " where id <= "
            + chance.between(1, 6),
        false,
        List.of());
  }

  private Step upsert(int on, Relation target) {
    List<@Nullable Object> values = new ArrayList<>();
    String names = names(target);
    String tuple = tuple(target, values);
    String sql =
        switch (product) {
          case POSTGRESQL ->
              "insert into "
                  + target.name()
                  + " ("
                  + names
                  + ") values "
                  + tuple
                  + chance.of(
                      " on conflict (id) do update set c1 = excluded.c1",
                      " on conflict do nothing");
          case MARIADB, MYSQL ->
              chance.percent(60)
                  ? "insert into "
                      + target.name()
                      + " ("
                      + names
                      + ") values "
                      + tuple
                      + " on duplicate key update c1 = values(c1)"
                  : "replace into " + target.name() + " (" + names + ") values " + tuple;
          case H2 -> "merge into " + target.name() + " (" + names + ") key (id) values " + tuple;
        };
    return run(on, By.UPDATE, sql, true, values);
  }

  private Step update(int on, Relation target) {
    Column column = chance.of(target.beyondKey());
    String value =
        column.name().equals("ref")
            ? chance.of("null", chance.between(1, 8) + "")
            : chance.percent(60)
                ? column.kind().literal(chance)
                : queries.expressionOver(target, column.kind());
    boolean prepared = chance.percent(60);
    Query where = queries.condition(target, prepared, false);
    String sql =
        "update "
            + target.name()
            + " set "
            + column.name()
            + " = "
            + value
            + " where "
            + where.sql();
    if (product == Product.POSTGRESQL && chance.percent(20)) {
      return run(on, By.QUERY, sql + " returning *", prepared, where.values());
    }
    if (chance.percent(6)) {
      // The key itself, so that references follow or object.
      sql =
          "update "
              + target.name()
              + " set id = "
              + chance.between(1, MOST_ROWS)
              + " where id = "
              + chance.between(1, MOST_ROWS);
      return run(on, By.UPDATE, sql, false, List.of());
    }
    return run(on, chance.percent(70) ? By.UPDATE : By.EXECUTE, sql, prepared, where.values());
  }

  private Step updateWithJoin(int on) {
    Relation target = chance.of(model.tables());
    Relation other = chance.of(model.tables());
    String sql =
        switch (product) {
          case POSTGRESQL ->
              "update "
                  + target.name()
                  + " as u set c1 = o.c1 from "
                  + other.name()
                  + " o where o.id = u.id and o.c1 > "
                  + chance.below(8);
          case MARIADB, MYSQL ->
              "update "
                  + target.name()
                  + " u join "
                  + other.name()
                  + " o on o.id = u.id set u.c1 = o.c1 where o.c1 > "
                  + chance.below(8);
          case H2 ->
              "merge into "
                  + target.name()
                  + " u using "
                  + other.name()
                  + " o on (o.id = u.id) when matched then update set u.c1 = o.c1";
        };
    return run(on, By.UPDATE, sql, false, List.of());
  }

  private Step delete(int on, Relation target) {
    boolean prepared = chance.percent(60);
    Query where = queries.condition(target, prepared, chance.percent(70));
    String sql = "delete from " + target.name() + " where " + where.sql();
    if (product != Product.H2 && product != Product.MYSQL && chance.percent(20)) {
      return run(on, By.QUERY, sql + " returning id", prepared, where.values());
    }
    return run(on, By.UPDATE, sql, prepared, where.values());
  }

  /** What one product knows and another does not, and calls. */
  private Step special(int on, Relation target) {
    int n = chance.between(1, MOST_ROWS);
    String sql =
        switch (product) {
          case POSTGRESQL ->
              chance.of(
                  "with gone as (delete from "
                      + target.name()
                      + " where id = "
                      + n
                      + " returning id, c1) insert into log select id, 'gone' from gone",
                  "with changed as (update "
                      + target.name()
                      + " set c1 = 1 where id = "
                      + n
                      + " returning id) select count(*) from changed",
                  "merge into "
                      + target.name()
                      + " u using (select "
                      + n
                      + " as id) s on u.id = s.id when matched then update set c1 = 5"
                      + " when not matched then insert (id, c1) values (s.id, 0)",
                  "do $$ begin update "
                      + target.name()
                      + " set c1 = c1 + 1 where id = "
                      + n
                      + "; end $$",
                  "select bump(" + n + ")",
                  "select id from " + target.name() + " where id < 5 for update",
                  "delete from " + target.name() + " u using t1 where t1.id = u.id and u.id = " + n,
                  "update log set n = n + 1; delete from log where n > 30",
                  "explain (analyze, costs off, timing off, summary off) delete from log where n ="
                      + " 3");
          case MARIADB, MYSQL ->
              chance.of(
                  "call bump(" + n + ")",
                  "delete from " + target.name() + " order by id desc limit 1",
                  "update " + target.name() + " set c1 = 3 order by id limit 2",
                  "delete u from " + target.name() + " u join t1 on t1.id = u.id where u.id = " + n,
                  "select id from " + target.name() + " where id < 5 for update",
                  "insert into log set n = " + n + ", what = 'set'",
                  "insert ignore into " + target.name() + " (id, c1) values (" + n + ", 0)");
          case H2 ->
              chance.of(
                  "call bump(" + n + ")",
                  "select bump(" + n + ")",
                  "merge into "
                      + target.name()
                      + " u using (values ("
                      + n
                      + ")) s(id) on u.id = s.id when matched then update set c1 = 5"
                      + " when not matched then insert (id, c1) values (s.id, 0)",
                  "delete from " + target.name() + " where id > " + n + " fetch first 1 row only",
                  "select id, c1 from old table (delete from "
                      + target.name()
                      + " where id = "
                      + n
                      + ")",
                  "select id from " + target.name() + " where id < 5 for update");
        };
    return Step.plain(
        on, By.EXECUTE, sql, sql.startsWith("explain") ? Asked.UNCOMPARED : Asked.PLAIN);
  }

  private Step numbered(int on) {
    String sql = "insert into numbered (what) values ('" + chance.of("x", "y", "z") + "')";
    return Step.plain(
        on, By.UPDATE, sql, new Asked(false, true, 0, 0, false, chance.percent(70), false));
  }

  /** Removes every row, which needs a table for itself. */
  Step truncate(int on) {
    Relation target = chance.of(model.tables());
    return Step.plain(
        on,
        By.EXECUTE,
        "truncate table "
            + target.name()
            + (product == Product.POSTGRESQL ? chance.of("", " cascade", " cascade") : ""),
        Asked.PLAIN);
  }

  private String names(Relation target) {
    return target.columns().stream().map(Column::name).collect(Collectors.joining(", "));
  }

  private String tuple(Relation target, @Nullable List<@Nullable Object> values) {
    StringBuilder tuple = new StringBuilder();
    for (Column column : target.columns()) {
      tuple.append(tuple.isEmpty() ? "(" : ", ");
      Object value =
          column.name().equals("id")
              ? Integer.valueOf(chance.between(1, MOST_ROWS))
              : column.name().equals("ref")
                  ? Integer.valueOf(chance.between(1, 8))
                  : column.kind().value(chance);
      if (values != null && chance.percent(80)) {
        values.add(chance.percent(5) && !column.name().equals("id") ? null : value);
        tuple.append('?');
      } else if (column.name().equals("id") || column.name().equals("ref")) {
        tuple.append(value);
      } else {
        tuple.append(chance.percent(10) ? "null" : column.kind().literal(chance));
      }
    }
    return tuple.append(')').toString();
  }

  private Step run(int on, By by, String sql, boolean prepared, List<@Nullable Object> values) {
    Asked asked =
        prepared && chance.percent(30)
            ? new Asked(false, true, 0, 0, false, false, true)
            : Asked.PLAIN;
    return new Step.Run(on, by, sql, asked, prepared, values);
  }
}
