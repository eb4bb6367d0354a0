package dev.larder.jdbc.internal.catalog;

import dev.larder.jdbc.internal.analysis.ObjectName;
import dev.larder.jdbc.internal.analysis.RowFacts;
import dev.larder.jdbc.internal.analysis.RowFacts.Fixed;
import dev.larder.jdbc.internal.analysis.RowFacts.Mention;
import dev.larder.jdbc.internal.analysis.RowFacts.Passed;
import dev.larder.jdbc.internal.catalog.ParsedDefinitions.Understood;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A view of one table, and the columns by which its rows are those of the table: with a value there
 * it shows what the table's rows with that value make, and nothing of others. Immutable and
 * thread-safe.
 *
 * @param columns the table's columns by the view's, in lower case
 * @param names what its text names, in lower case; null where it may read any column
 */
record PlainView(Relation table, Map<String, String> columns, @Nullable Set<String> names) {

  PlainView {
    columns = Map.copyOf(columns);
    names = names == null ? null : Set.copyOf(names);
  }

  /** What is known of a view like that, or null where it is another one. */
  static @Nullable PlainView of(
      Relation view, CatalogueContents contents, ParsedDefinitions definitions) {
    if (view.kind() != RelationKind.VIEW || view.definitions().size() != 1) {
      return null;
    }
    Definition definition = view.definitions().get(0);
    if (definition.form() != Definition.Form.QUERY
        || !(definitions.query(definition) instanceof Understood understood)) {
      return null;
    }
    RowFacts facts = understood.facts().rows();
    List<Relation> tables =
        facts.mentions().size() == 1
            ? contents.relations(facts.mentions().get(0).table(), definition.path())
            : List.of();
    if (tables.size() != 1) {
      return null;
    }
    Relation table = tables.get(0);
    Map<String, String> columns = columns(view, facts.mentions().get(0).passed(), table);
    boolean isOfThat = view.readsFrom().isEmpty() || view.readsFrom().equals(Set.of(table.name()));
    if (!isOfThat || columns.isEmpty()) {
      return null;
    }
    boolean named = facts.members().stream().allMatch(table.columns()::holds);
    return new PlainView(table, columns, named ? facts.names() : null);
  }

  private static Map<String, String> columns(Relation view, List<Passed> passed, Relation table) {
    int known = view.columns().places();
    if (known != 0 && known != passed.size()) {
      return Map.of();
    }
    Map<String, String> columns = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (int place = 0; place < passed.size(); place++) {
      // A list of names before the text gives a column another one than the text does.
      Column own = view.columns().at(place);
      String name = own != null ? own.name() : known == 0 ? passed.get(place).name() : null;
      String column = passed.get(place).column();
      if (name != null) {
        String lower = CatalogueContents.lower(name);
        if (!seen.add(lower)) {
          columns.remove(lower);
        } else if (column != null && table.columns().find(column) != null) {
          columns.put(lower, column);
        }
      }
    }
    return columns;
  }

  /** The table as a query names it by naming the view. */
  Mention mention(Mention ofView) {
    List<Fixed> fixed = new ArrayList<>();
    for (Fixed each : ofView.fixed()) {
      String column = columns.get(CatalogueContents.lower(each.column()));
      if (column != null) {
        fixed.add(new Fixed(column, each.values(), each.through(), each.absent()));
      }
    }
    return new Mention(ObjectName.of(table.name().schema(), table.name().name()), fixed);
  }
}
