package dev.larder.invalidation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.invalidation.ledger.Footprint;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What footprints and change sets hold, and when they meet. */
final class ScopesTest {

  private static final TableName BOOK = new TableName("public", "book");
  private static final TableName AUTHOR = new TableName("public", "author");

  @Test
  void everyAnswerDependsOnEverything() {
    assertThat(Footprint.of(List.of(), List.of()).scopes()).containsExactly(Scope.EVERYTHING);
    assertThat(Footprint.of(List.of(BOOK), List.of()).isMetBy(ChangeSet.EVERYTHING)).isTrue();
    assertThat(Footprint.ofDefinitions().isMetBy(ChangeSet.EVERYTHING)).isFalse();
    assertThat(Footprint.ofDefinitions().isMetBy(ChangeSet.DEFINITIONS)).isTrue();
  }

  @Test
  void tablesMeetTheirOwnFootprintsOnly() {
    ChangeSet book = ChangeSet.ofTables(List.of(BOOK));
    assertThat(Footprint.of(List.of(AUTHOR, BOOK), List.of()).isMetBy(book)).isTrue();
    assertThat(Footprint.of(List.of(AUTHOR), List.of("book")).isMetBy(book)).isFalse();
  }

  @Test
  void addingNothingNewGivesTheSameObject() {
    ChangeSet both = ChangeSet.ofTables(List.of(BOOK, AUTHOR));
    assertThat(both.plus(ChangeSet.ofTables(List.of(BOOK)))).isSameAs(both);
    assertThat(both.plus(ChangeSet.NOTHING)).isSameAs(both);
    assertThat(ChangeSet.NOTHING.plus(both).scopes()).isEqualTo(both.scopes());
    assertThat(ChangeSet.ofTables(List.of())).isSameAs(ChangeSet.NOTHING);
  }

  @Test
  void aSchemaIsPartOfTheName() {
    assertThat(BOOK).hasToString("public.book");
    assertThat(new TableName("", "book")).hasToString("book").isNotEqualTo(BOOK);
    assertThat(new TableName("a.b", "c")).isNotEqualTo(new TableName("a", "b.c"));
    assertThat(new ChangeSet(Set.of(new Scope.Tag("book"))))
        .isNotEqualTo(ChangeSet.ofTables(List.of(new TableName("", "book"))));
  }
}
