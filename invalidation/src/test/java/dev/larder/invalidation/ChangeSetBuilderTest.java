package dev.larder.invalidation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What was written together covers what each has written, and no more than can be told apart. */
final class ChangeSetBuilderTest {

  private static final TableName BOOK = new TableName("public", "book");
  private static final List<TableName> TABLES = List.of(BOOK, new TableName("public", "author"));
  private static final List<String> COLUMNS = List.of("id", "author", "n");

  private static ChangeSet row(int id) {
    return ChangeSet.ofRows(BOOK, new RowChange(Map.of("id", Set.of(id)), Set.of("n"), "id"));
  }

  @Test
  void whatWasWrittenAlreadyAddsNothing() {
    ChangeSetBuilder builder = new ChangeSetBuilder();
    assertThat(builder.add(row(1))).isTrue();
    assertThat(builder.add(row(2))).isTrue();
    assertThat(builder.add(row(1))).isFalse();
    assertThat(builder.add(ChangeSet.NOTHING)).isFalse();
    RowChange both = new RowChange(Map.of("id", Set.of(1, 2)), Set.of("n"), "id");
    assertThat(builder.build()).isEqualTo(ChangeSet.ofRows(BOOK, both));
  }

  @Test
  void whatWasBuiltStaysAsItIs() {
    ChangeSetBuilder builder = new ChangeSetBuilder();
    builder.add(row(1));
    ChangeSet first = builder.build();
    builder.add(row(2));
    builder.add(ChangeSet.ofTables(TABLES));
    assertThat(first).isEqualTo(row(1));
  }

  @Test
  void moreValuesThanAreRememberedAreAny() {
    ChangeSetBuilder builder = new ChangeSetBuilder();
    for (int id = 0; id < 1_001; id++) {
      builder.add(row(id));
    }
    RowChange any = new RowChange(Map.of(), Set.of("n"), "id");
    assertThat(builder.build()).isEqualTo(ChangeSet.ofRows(BOOK, any));
  }

  @Test
  void everyPartIsCoveredAndWhatAllOfThemTellIsTold() {
    long seed = Long.getLong("larder.test.seed", System.nanoTime());
    System.out.println("change sets, seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 2_000; round++) {
      List<ChangeSet> parts = new ArrayList<>();
      ChangeSetBuilder builder = new ChangeSetBuilder();
      ChangeSet sum = ChangeSet.NOTHING;
      for (int i = 1 + random.nextInt(5); i > 0; i--) {
        ChangeSet part = part(random);
        parts.add(part);
        builder.add(part);
        sum = sum.plus(part);
      }
      Set<Scope> scopes = Set.copyOf(builder.scopes());
      ChangeSet whole = builder.build();
      assertThat(scopes).as("seed %d", seed).isEqualTo(whole.scopes());
      assertThat(sum).as("seed %d", seed).isEqualTo(whole);
      for (ChangeSet part : parts) {
        assertThat(whole.scopes()).as("seed %d", seed).containsAll(part.scopes());
      }
      for (TableName table : TABLES) {
        Scope scope = new Scope.Table(table);
        List<ChangeSet> writing =
            parts.stream().filter(part -> part.scopes().contains(scope)).toList();
        if (!writing.isEmpty()) {
          List<RowChange> written = writing.stream().map(part -> of(part, table)).toList();
          assertThat(of(whole, table)).as("seed %d", seed).isEqualTo(together(written));
          String cache = writing.get(0).exemptCaches().get(table);
          boolean isOneCaches =
              writing.stream().allMatch(p -> Objects.equals(p.exemptCaches().get(table), cache));
          assertThat(whole.exemptCaches().get(table))
              .as("seed %d", seed)
              .isEqualTo(isOneCaches ? cache : null);
        }
      }
    }
  }

  /** What all of them tell, found in another way. */
  private static RowChange together(List<RowChange> written) {
    Map<String, Set<Integer>> values = new HashMap<>();
    for (String column : COLUMNS) {
      if (written.stream().allMatch(each -> each.values().containsKey(column))) {
        Set<Integer> all = new HashSet<>();
        written.forEach(each -> all.addAll(each.values().getOrDefault(column, Set.of())));
        values.put(column, all);
      }
    }
    Set<String> assigned = new HashSet<>();
    boolean isTold = true;
    for (RowChange each : written) {
      Set<String> its = each.assigned();
      isTold &= its != null;
      assigned.addAll(its == null ? Set.of() : its);
    }
    String key = written.get(0).key();
    boolean isOneKey = written.stream().allMatch(each -> Objects.equals(each.key(), key));
    return new RowChange(values, isTold ? assigned : null, isOneKey ? key : null);
  }

  private static RowChange of(ChangeSet changes, TableName table) {
    return changes.rows().getOrDefault(table, RowChange.ANY);
  }

  private static ChangeSet part(SplittableRandom random) {
    Set<Scope> scopes = new HashSet<>();
    Map<TableName, RowChange> rows = new HashMap<>();
    Map<TableName, String> exempt = new HashMap<>();
    for (TableName table : TABLES) {
      if (random.nextInt(3) > 0) {
        scopes.add(new Scope.Table(table));
        if (random.nextInt(4) > 0) {
          rows.put(table, rows(random));
        }
        if (random.nextInt(3) > 0) {
          exempt.put(table, random.nextInt(4) > 0 ? "a" : "b");
        }
      }
    }
    if (random.nextInt(20) == 0) {
      scopes.add(Scope.EVERYTHING);
    }
    return new ChangeSet(scopes, rows, exempt);
  }

  private static RowChange rows(SplittableRandom random) {
    Map<String, Set<Integer>> values = new HashMap<>();
    Set<String> assigned = new HashSet<>();
    for (String column : COLUMNS) {
      if (random.nextInt(3) > 0) {
        values.put(column, Set.of(random.nextInt(4)));
      }
      if (random.nextBoolean()) {
        assigned.add(column);
      }
    }
    boolean byKey = values.containsKey("id") && random.nextBoolean();
    return new RowChange(values, random.nextInt(3) > 0 ? assigned : null, byKey ? "id" : null);
  }
}
