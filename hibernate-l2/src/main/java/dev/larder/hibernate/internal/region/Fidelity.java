package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.link.PlainType;
import dev.larder.hibernate.internal.link.StoredColumn;
import dev.larder.hibernate.internal.link.StoredColumns;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.CollectionType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * Whether the state that was written is the state that the database gives back. Immutable and
 * thread-safe.
 *
 * <p>A decimal is rounded to its column's scale, a time to its precision, a text padded or cut off,
 * a document rewritten, and a generated column is the database's own: such an entity is forgotten
 * when it is written, and read anew.
 */
sealed interface Fidelity {

  /** Whether this state comes back as it was written. */
  boolean keeps(@Nullable Object[] state);

  /**
   * What the columns hold comes back.
   *
   * @param columns those of each property, in the order of the state
   */
  record Exact(List<List<StoredColumn>> columns) implements Fidelity {

    @Override
    public boolean keeps(@Nullable Object[] state) {
      if (state.length != columns.size()) {
        return false;
      }
      for (int i = 0; i < state.length; i++) {
        if (!Fidelity.keeps(columns.get(i), state[i])) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Some may not.
   *
   * @param why which, as a clause
   */
  record Inexact(String why) implements Fidelity {

    @Override
    public boolean keeps(@Nullable Object[] state) {
      return false;
    }
  }

  /** Whether each of those columns holds the value, or every part of it. */
  static boolean keeps(List<StoredColumn> columns, @Nullable Object value) {
    if (value instanceof Object[] parts) {
      for (Object part : parts) {
        if (!keeps(columns, part)) {
          return false;
        }
      }
      return true;
    }
    for (StoredColumn column : columns) {
      if (!column.keepsValue(value)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Judges the entities of one class.
   *
   * @param isUpdate whether they were updated, otherwise inserted
   */
  static Fidelity of(EntityPersister persister, boolean isUpdate, StoredColumns stored) {
    if (persister.getEntityMetamodel().isDynamicUpdate()
        || persister.getEntityMetamodel().isDynamicInsert()) {
      return new Inexact("only some columns are written");
    }
    if (persister.hasInsertGeneratedProperties() || persister.hasUpdateGeneratedProperties()) {
      return new Inexact("the database generates a property");
    }
    if (columns(persister.getIdentifierMapping(), stored) == null) {
      return new Inexact("the id may be altered");
    }
    Type[] types = persister.getPropertyTypes();
    List<List<StoredColumn>> all = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      all.add(List.of());
    }
    for (int i = 0; i < types.length; i++) {
      String name = persister.getPropertyNames()[i];
      if (types[i] instanceof CollectionType) {
        continue;
      }
      boolean[] written =
          isUpdate ? persister.getPropertyUpdateability() : persister.getPropertyInsertability();
      if (!written[i]) {
        return new Inexact(name + " is not always written");
      }
      AttributeMapping attribute = persister.findAttributeMapping(name);
      if (attribute == null || attribute instanceof PluralAttributeMapping) {
        return new Inexact(name + " is of a kind of its own");
      }
      List<StoredColumn> columns = columns(attribute, stored);
      if (columns == null) {
        return new Inexact(name + " may be altered by its column");
      }
      all.set(i, columns);
    }
    return new Exact(List.copyOf(all));
  }

  /** The columns of a part, or null where one may alter what it is given. */
  static @Nullable List<StoredColumn> columns(ModelPart part, StoredColumns stored) {
    List<StoredColumn> found = new ArrayList<>();
    boolean[] kept = {true};
    part.forEachSelectable(
        (index, selectable) -> {
          StoredColumn column = PlainType.isBare(selectable) ? column(selectable, stored) : null;
          if (column == null || !column.keeps(selectable.getJdbcMapping())) {
            kept[0] = false;
          } else {
            found.add(column);
          }
        });
    return kept[0] ? found : null;
  }

  private static @Nullable StoredColumn column(SelectableMapping selectable, StoredColumns stored) {
    return stored.find(
        selectable.getContainingTableExpression(), selectable.getSelectionExpression());
  }
}
