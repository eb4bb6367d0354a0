package dev.larder.hibernate.internal.region;

import dev.larder.hibernate.internal.link.PlainType;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.BasicType;
import org.hibernate.type.CollectionType;
import org.hibernate.type.ComponentType;
import org.hibernate.type.EntityType;
import org.hibernate.type.Type;

/**
 * Whether the state that was written is the state that the database gives back. Thread-safe.
 *
 * <p>A decimal is rounded to its column's scale, a time to its precision, a generated column is the
 * database's own: such an entity is forgotten when it is written, and read anew.
 */
sealed interface Fidelity {

  /** Every property comes back as it was written. */
  record Exact() implements Fidelity {}

  /**
   * Some may not.
   *
   * @param why which, as a clause
   */
  record Inexact(String why) implements Fidelity {}

  /** Judges a hierarchy of entities. */
  static Fidelity of(String root, SessionFactoryImplementor factory) {
    Fidelity[] found = {new Exact()};
    factory
        .getMappingMetamodel()
        .forEachEntityDescriptor(
            persister -> {
              if (persister.getRootEntityName().equals(root) && found[0] instanceof Exact) {
                found[0] = of(persister);
              }
            });
    return found[0];
  }

  private static Fidelity of(EntityPersister persister) {
    if (persister.getEntityMetamodel().isDynamicUpdate()
        || persister.getEntityMetamodel().isDynamicInsert()) {
      return new Inexact("only some columns are written");
    }
    if (persister.hasInsertGeneratedProperties() || persister.hasUpdateGeneratedProperties()) {
      return new Inexact("the database generates a property");
    }
    boolean[] bare = {true};
    persister.forEachSelectable((index, column) -> bare[0] &= PlainType.isBare(column));
    if (!bare[0]) {
      return new Inexact("a column is read or written by an expression");
    }
    Type[] types = persister.getPropertyTypes();
    for (int i = 0; i < types.length; i++) {
      String name = persister.getPropertyNames()[i];
      if (types[i] instanceof CollectionType) {
        continue;
      }
      if (!persister.getPropertyInsertability()[i] || !persister.getPropertyUpdateability()[i]) {
        return new Inexact(name + " is not always written");
      }
      if (!isExact(types[i])) {
        return new Inexact(name + " may be rounded or converted");
      }
    }
    return new Exact();
  }

  private static boolean isExact(Type type) {
    if (type instanceof BasicType) {
      return PlainType.is(type);
    }
    if (type instanceof ComponentType component) {
      for (Type part : component.getSubtypes()) {
        if (!isExact(part)) {
          return false;
        }
      }
      return true;
    }
    return type instanceof EntityType;
  }
}
