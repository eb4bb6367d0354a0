package dev.larder.jdbc.equivalence;

import dev.larder.jdbc.equivalence.Model.Column;
import dev.larder.jdbc.equivalence.Model.Relation;
import dev.larder.testkit.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes queries whose rows follow from the database alone. For one thread. */
final class QueryWriter {

  /** A query; a parameter marker stands for each value, if it has any. */
  record Query(String sql, boolean ordered, List<@Nullable Object> values) {}

  private record Source(String alias, Relation relation) {}

  private record Field(String sql, Kind kind) {}

  private static final int DEEPEST = 2;

  private final Product product;
  private final Model model;
  private final Chance chance;
  private boolean markers;
  private List<@Nullable Object> values = new ArrayList<>();
  private int aliases;

  QueryWriter(Product product, Model model, Chance chance) {
    this.product = product;
    this.model = model;
    this.chance = chance;
  }

  Query query(boolean withMarkers) {
    begin(withMarkers);
    String sql;
    int width;
    int form = chance.below(100);
    if (form < 45) {
      width = chance.between(1, 4);
      sql = select(width, 0);
    } else if (form < 60) {
      width = 3;
      sql = grouped();
    } else if (form < 70) {
      width = 2;
      sql = combined();
    } else if (form < 80) {
      width = 3;
      sql = windowed();
    } else if (form < 90) {
      width = 2;
      sql = withCommonTable();
    } else {
      width = 2;
      sql = lookUp();
    }
    boolean ordered = chance.percent(50);
    if (ordered) {
      sql +=
          " order by "
              + IntStream.rangeClosed(1, width)
                  .mapToObj(i -> i + (chance.percent(20) ? " desc" : ""))
                  .collect(Collectors.joining(", "));
      if (chance.percent(30)) {
        sql += " limit " + chance.between(1, 8);
        sql += chance.percent(30) ? " offset " + chance.below(4) : "";
      }
    }
    if (chance.percent(4)) {
      sql = "/* larder(bypass) */ " + sql;
    }
    return new Query(sql, ordered, values);
  }

  /** A query whose values differ from one execution to the next. */
  String uncomparable() {
    begin(false);
    String function =
        switch (product) {
          case POSTGRESQL -> chance.of("random()", "now()", "clock_timestamp()", "txid_current()");
          case MARIADB, MYSQL -> chance.of("rand()", "now()", "uuid()", "connection_id()");
          case H2 -> chance.of("rand()", "now()", "random_uuid()", "session_id()");
        };
    return "select id, " + function + " as v from " + chance.of(model.tables()).name();
  }

  /** A condition on a table's rows, for a statement that changes them. */
  Query condition(Relation relation, boolean withMarkers, boolean simple) {
    begin(withMarkers);
    Source source = new Source(relation.name(), relation);
    String sql =
        simple || chance.percent(50)
            ? "id = " + value(Kind.INT, true)
            : predicate(List.of(source), 0);
    return new Query(sql, false, values);
  }

  /** A value for a column, from its own row. */
  String expressionOver(Relation relation, Kind kind) {
    begin(false);
    return expression(List.of(new Source(relation.name(), relation)), kind, 1);
  }

  private void begin(boolean withMarkers) {
    markers = withMarkers;
    values = new ArrayList<>();
    aliases = 0;
  }

  private String lookUp() {
    Relation table = chance.of(model.tables());
    Column column = chance.of(table.columns());
    return "select id, "
        + column.name()
        + " from "
        + table.name()
        + " where id = "
        + value(Kind.INT, true);
  }

  private String select(int width, int depth) {
    List<Source> sources = new ArrayList<>();
    String from = from(sources, depth);
    List<String> fields = new ArrayList<>();
    for (int i = 1; i <= width; i++) {
      fields.add(expression(sources, chance.of(Kind.values()), depth) + " as f" + i);
    }
    String where = where(sources, depth);
    return "select "
        + (chance.percent(15) ? "distinct " : "")
        + String.join(", ", fields)
        + from
        + where;
  }

  private String grouped() {
    List<Source> sources = new ArrayList<>();
    String from = from(sources, 0);
    Field group = field(sources);
    Field number = field(sources, Kind.INT);
    String where = where(sources, 1);
    String having = chance.percent(40) ? " having count(*) > " + chance.below(3) : "";
    String aggregate =
        chance
            .of("sum(%s)", "min(%s)", "max(%s)", "count(%s)", "count(distinct %s)", "avg(%s)")
            .formatted(number.sql());
    return "select "
        + group.sql()
        + " as g, count(*) as n, "
        + aggregate
        + " as a"
        + from
        + where
        + " group by "
        + group.sql()
        + having;
  }

  private String combined() {
    String operator = chance.of(" union ", " union all ", " except ", " intersect ");
    return pair() + operator + pair();
  }

  /** Two columns of fixed kinds, as the operands of a set operation need them. */
  private String pair() {
    List<Source> sources = new ArrayList<>();
    String from = from(sources, 1);
    String first = field(sources, Kind.INT).sql();
    String second = field(sources, Kind.TEXT).sql();
    return "select " + first + " as x, " + second + " as y" + from + where(sources, 1);
  }

  private String windowed() {
    Relation table = chance.of(model.tables());
    String by = chance.of(table.columns()).name();
    String function =
        chance.of(
            "row_number() over (partition by " + by + " order by id)",
            "count(*) over (partition by " + by + ")",
            "sum(id) over (order by id)",
            "lag(id) over (order by id)",
            "rank() over (order by id desc)");
    return "select id, "
        + by
        + " as p, "
        + function
        + " as w from "
        + table.name()
        + where(List.of(new Source(table.name(), table)), 1);
  }

  private String withCommonTable() {
    String body = pair();
    Relation table = chance.of(model.tables());
    return chance.percent(50)
        ? "with c as (" + body + ") select x, count(*) as n from c group by x"
        : "with c as ("
            + body
            + ") select c.x, t.id from c join "
            + table.name()
            + " t on t.id = c.x";
  }

  private String from(List<Source> sources, int depth) {
    int count = depth == 0 ? chance.between(1, 3) : 1;
    StringBuilder text = new StringBuilder(" from ");
    for (int i = 0; i < count; i++) {
      Relation relation = chance.of(model.all());
      Source source = new Source("a" + ++aliases, relation);
      String item = relation.name() + " " + source.alias();
      if (depth < DEEPEST && chance.percent(10)) {
        item = "(select * from " + relation.name() + ") " + source.alias();
      }
      if (i == 0) {
        text.append(item);
      } else {
        String left = field(sources, Kind.INT).sql();
        text.append(chance.of(" join ", " join ", " left join "))
            .append(item)
            .append(" on ")
            .append(left)
            .append(" = ")
            .append(field(List.of(source), Kind.INT).sql());
      }
      sources.add(source);
    }
    return text.toString();
  }

  private String where(List<Source> sources, int depth) {
    return chance.percent(70) ? " where " + predicate(sources, depth) : "";
  }

  private String predicate(List<Source> sources, int depth) {
    int form = chance.below(depth < DEEPEST ? 12 : 6);
    Field field = field(sources);
    switch (form) {
      case 0, 1, 2:
        return field.sql() + chance.of(" = ", " <> ", " < ", " >= ") + value(field.kind(), true);
      case 3:
        return field.sql() + chance.of(" is null", " is not null");
      case 4:
        return field.sql()
            + " in ("
            + value(field.kind(), true)
            + ", "
            + value(field.kind(), true)
            + ")";
      case 5:
        return field(sources, Kind.TEXT).sql()
            + " like '"
            + chance.of("%e%", "a%", "%o", "_im")
            + "'";
      case 6:
        return "("
            + predicate(sources, depth + 1)
            + chance.of(" and ", " or ")
            + predicate(sources, depth + 1)
            + ")";
      case 7:
        return "not (" + predicate(sources, depth + 1) + ")";
      case 8:
        {
          List<Source> inner = new ArrayList<>();
          String from = from(inner, depth + 1);
          String link = field(sources, Kind.INT).sql() + " = " + field(inner, Kind.INT).sql();
          return chance.of("exists", "not exists")
              + " (select 1"
              + from
              + " where "
              + link
              + " and "
              + predicate(inner, depth + 1)
              + ")";
        }
      case 9:
        {
          List<Source> inner = new ArrayList<>();
          String outer = field(sources, Kind.INT).sql();
          String from = from(inner, depth + 1);
          return outer
              + " in (select "
              + field(inner, Kind.INT).sql()
              + from
              + where(inner, depth + 1)
              + ")";
        }
      case 10:
        return field(sources, Kind.INT).sql()
            + " between "
            + value(Kind.INT, true)
            + " and "
            + value(Kind.INT, true);
      default:
        {
          List<Source> inner = new ArrayList<>();
          String outer = field(sources, Kind.INT).sql();
          String from = from(inner, depth + 1);
          return outer
              + " <= (select max("
              + field(inner, Kind.INT).sql()
              + ")"
              + from
              + where(inner, depth + 1)
              + ")";
        }
    }
  }

  private String expression(List<Source> sources, Kind kind, int depth) {
    int form = chance.below(depth < DEEPEST ? 10 : 5);
    if (form < 4) {
      return field(sources, kind).sql();
    }
    if (form == 4) {
      return "coalesce(" + field(sources, kind).sql() + ", " + value(kind, false) + ")";
    }
    if (form == 5) {
      return "case when "
          + predicate(sources, depth + 1)
          + " then "
          + expression(sources, kind, depth + 1)
          + " else "
          + field(sources, kind).sql()
          + " end";
    }
    if (form == 6) {
      List<Source> inner = new ArrayList<>();
      String from = from(inner, depth + 1);
      String inside = from + where(inner, depth + 1) + ")";
      return kind == Kind.BOOL
          ? "((select count(*)" + inside + " > 2)"
          : "(select max(" + field(inner, kind).sql() + ")" + inside;
    }
    return function(sources, kind);
  }

  private String function(List<Source> sources, Kind kind) {
    String own = field(sources, kind).sql();
    return switch (kind) {
      case INT ->
          chance.of(
              "abs(" + own + ")",
              own + " + 1",
              "char_length(" + field(sources, Kind.TEXT).sql() + ")",
              "extract(year from " + field(sources, Kind.DATE).sql() + ")",
              "plus_one(" + own + ")",
              chance.percent(80) ? own + " - 1" : "total(" + own + ")");
      case BIG -> chance.of("abs(" + own + ")", own + " * 2", "mod(" + own + ", 3)");
      case NUM -> chance.of("round(" + own + ", 1)", "floor(" + own + ")", "-" + own);
      case TEXT ->
          chance.of(
              "upper(" + own + ")",
              "lower(" + own + ")",
              "substring(" + own + ", 1, 2)",
              "concat(" + own + ", '!')",
              "replace(" + own + ", 'e', '3')",
              "trim(" + own + ")",
              "nullif(" + own + ", 'bob')");
      case BOOL -> "not " + own;
      case DATE, STAMP -> "coalesce(" + own + ", " + kind.literal(chance) + ")";
    };
  }

  private Field field(List<Source> sources) {
    Source source = chance.of(sources);
    Column column = chance.of(source.relation().columns());
    return new Field(source.alias() + "." + column.name(), column.kind());
  }

  /** A column of a kind, or a value of it where no source has one. */
  private Field field(List<Source> sources, Kind kind) {
    List<Field> fitting = new ArrayList<>();
    for (Source source : sources) {
      for (Column column : source.relation().columns()) {
        if (column.kind() == kind) {
          fitting.add(new Field(source.alias() + "." + column.name(), kind));
        }
      }
    }
    return fitting.isEmpty() ? new Field(kind.literal(chance), kind) : chance.of(fitting);
  }

  private String value(Kind kind, boolean mayMark) {
    if (mayMark && markers && chance.percent(70)) {
      values.add(kind.value(chance));
      return "?";
    }
    return kind.literal(chance);
  }
}
