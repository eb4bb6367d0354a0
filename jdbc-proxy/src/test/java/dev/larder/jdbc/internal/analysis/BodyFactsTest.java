package dev.larder.jdbc.internal.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.product.ProductUnderTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyFactsTest {

  static Stream<Arguments> bodies() {
    return Stream.of(
        Arguments.of(
            ProductUnderTest.POSTGRESQL,
            """
            declare r record; n numeric(10,2) := 0; c cursor for select * from src for update;
            begin
              if tg_op = 'DELETE' then
                delete from only log where id = old.id;
              elsif exists (select 1 from u) then
                insert into s."Audit" (a) values (f(new.id)) on conflict (a) do update set a = 1
                  returning a into n;
              else
                update t set n = n + 1 where id = new.id;
              end if;
              for r in select * from v for update loop
                merge into m using v on true when matched then update set a = 1;
              end loop;
              select count(*) into n from w;
              perform g(1);
              truncate x, y;
              refresh materialized view mv;
              -- delete from not_this
              raise notice 'delete from nor_this %', n;
              return new;
            end
            """,
            "DELETE log, INSERT s.Audit, REFRESH mv, TRUNCATE x, TRUNCATE y, UPDATE m, UPDATE"
                + " s.Audit, UPDATE t",
            "count, f, g",
            "src, u, v, w"),
        Arguments.of(
            ProductUnderTest.MARIADB,
            """
            begin
              declare n int default 0;
              set n = (select count(*) from u);
              set new.a = n, new.b = 1;
              if n > 0 then insert into log (a) values (new.id);
              else replace into latest values (new.id); end if;
              update a join b on a.x = b.x set a.n = 1;
              delete x from t as x;
              while n > 0 do insert ignore into w select * from v; set n = n - 1; end while;
            end
            """,
            "DELETE latest, DELETE t, INSERT latest, INSERT log, INSERT w, UPDATE a, UPDATE b",
            "count",
            "a, b, t, u, v"),
        Arguments.of(
            ProductUnderTest.MARIADB, "insert into log values (new.id)", "INSERT log", "", ""),
        Arguments.of(
            ProductUnderTest.POSTGRESQL, "begin new.at := now(); return new; end", "", "now", ""));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void aBodySaysWhatItDoes(
      ProductUnderTest dialect, String body, String writes, String functions, String reads) {
    BodyFacts facts = dialect.analyzer().bodyOf(body);
    assertThat(facts.opaque()).isNull();
    assertThat(facts.writes().stream().map(w -> w.verb() + " " + w.table()).sorted().toList())
        .isEqualTo(list(writes));
    assertThat(facts.functions().stream().map(Object::toString).sorted().toList())
        .isEqualTo(list(functions));
    assertThat(facts.reads().stream().map(Object::toString).sorted().toList())
        .isEqualTo(list(reads));
  }

  private static java.util.List<String> list(String text) {
    return text.isEmpty() ? java.util.List.of() : java.util.List.of(text.split(", "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "begin execute 'delete from t'; end",
        "begin for r in execute q loop null; end loop; end",
        "begin return query execute 'x'; end",
        "begin call p(); end",
        "begin create temp table x (a int); end",
        "begin drop table x; end",
        "begin set local search_path = x; end",
        "begin perform set_config('a.b', 'c', false); end",
        "begin if a then reset role; end if; end",
        "begin copy t from '/x'; end",
        "begin commit; end",
        "begin delete from 'x'; end",
        "begin insert into",
        "begin raise notice 'x; end"
      })
  void whatIsBeyondTheTextIsOpaque(String body) {
    assertThat(ProductUnderTest.POSTGRESQL.analyzer().bodyOf(body).opaque()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "begin set @x = 1; end",
        "begin set sql_mode = ''; end",
        "begin declare a int; set a = 1, global max_connections = 5; end",
        "begin prepare s from @q; execute s; end",
        "begin select 1 into outfile 'x'; end",
        "set session time_zone = 'x'",
        "begin select @a := 1; end"
      })
  void whatIsBeyondTheTextIsOpaqueInMariaDb(String body) {
    assertThat(ProductUnderTest.MARIADB.analyzer().bodyOf(body).opaque()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "begin return (select count(*) from t); end",
        "<<a>> declare n int := 1; b.c%type; begin <<l>> loop exit l when n > 3; n = n + 1;"
            + " end loop l; return case when n > 1 then n else 0 end; end a",
        "begin for r in select * from t loop if r.n > 1 then return next r; elsif r.n = 0 then"
            + " null; else continue; end if; end loop; end",
        "begin case n when 1 then return 1; else raise exception 'x'; end case; end",
        "begin begin perform f(); end; a.b := 1; c[1] := 2; return query table t; end",
      })
  void whatOnlyReadsAndComputesIsFollowed(String body) {
    BodyFacts facts = ProductUnderTest.POSTGRESQL.analyzer().bodyOf(body);
    assertThat(facts.unfollowed()).isNull();
    assertThat(facts.opaque()).isNull();
    assertThat(facts.writes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "begin return 1; exception when others then return 2; end",
        "declare c cursor for select 1; begin return 1; end",
        "declare c refcursor; begin return c; end",
        "begin open c for select 1; return 1; end",
        "begin raise notice 'x'; return 1; end",
        "begin get diagnostics n = row_count; return n; end",
        "begin notify x; return 1; end",
        "begin assert true; return 1; end",
        "begin if a then notify x; end if; return 1; end",
        "begin loop fetch c into n; end loop; end",
        "begin return 'now'::date; end",
        "begin return (select ctid from t); end",
        "begin return (select 1 from t for share); end",
        "begin return 't'::regclass; end",
        "begin delete from t; return 1; end",
        "begin if a then return 1; end",
        "#variable_conflict use_column begin return 1; end",
        "begin x.y(); return 1; end",
      })
  void whatDoesMoreIsNotFollowed(String body) {
    assertThat(ProductUnderTest.POSTGRESQL.analyzer().bodyOf(body).unfollowed()).isNotNull();
  }

  @Test
  void aBodyTooLongIsOpaque() {
    String body = "begin " + "x := 1; ".repeat(100_000) + " end";
    assertThat(ProductUnderTest.POSTGRESQL.analyzer().bodyOf(body).opaque()).isNotNull();
  }
}
