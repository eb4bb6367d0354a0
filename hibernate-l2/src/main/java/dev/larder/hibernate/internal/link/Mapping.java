package dev.larder.hibernate.internal.link;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.persister.collection.AbstractCollectionPersister;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.AbstractEntityPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.sql.model.TableMapping;
import org.hibernate.type.EntityType;

/**
 * What Hibernate's metamodel says of the tables below an entity or a collection. Thread-safe;
 * usable when the session factory is complete.
 */
public final class Mapping {

  private final SessionFactoryImplementor factory;
  private final DatabaseLink link;

  public Mapping(SessionFactoryImplementor factory, DatabaseLink link) {
    this.factory = factory;
    this.link = link;
  }

  /** What the entities of one hierarchy are read from. */
  public Sought entity(String root) {
    Set<String> tables = new LinkedHashSet<>();
    Set<String> queries = new LinkedHashSet<>();
    factory
        .getMappingMetamodel()
        .forEachEntityDescriptor(
            persister -> {
              if (persister.getRootEntityName().equals(root)) {
                addSpaces(persister.getQuerySpaces(), tables);
                persister.forEachSelectable((index, column) -> addFormula(column, queries));
              }
            });
    return new Sought(tables, queries, keptByEntity(root));
  }

  /**
   * What a collection is read from: what tells which elements it has, not the elements' own state.
   */
  public Sought collection(String role) {
    CollectionPersister persister = factory.getMappingMetamodel().getCollectionDescriptor(role);
    Set<String> tables = new LinkedHashSet<>();
    Set<String> queries = new LinkedHashSet<>();
    addSpaces(persister.getCollectionSpaces(), tables);
    if (!(persister.getElementType() instanceof EntityType)) {
      persister
          .getAttributeMapping()
          .getElementDescriptor()
          .forEachSelectable((index, column) -> addFormula(column, queries));
    }
    return new Sought(tables, queries, keptByCollection(persister));
  }

  private Map<String, String> keptByEntity(String root) {
    Map<String, String> keepers = new HashMap<>();
    factory
        .getMappingMetamodel()
        .forEachEntityDescriptor(
            persister -> {
              if (persister.getRootEntityName().equals(root)) {
                ownTables(persister).forEach(table -> keepers.put(table, link.keeper(root)));
              }
            });
    return keepers;
  }

  private Map<String, String> keptByCollection(CollectionPersister persister) {
    Map<String, String> keepers = new HashMap<>();
    if (!dependsOnMembershipOnly(persister)) {
      return keepers;
    }
    if (persister.getElementType() instanceof EntityType element && !persister.hasIndex()) {
      if (!persister.isOneToMany() || isInverse(persister)) {
        EntityPersister of = elementOf(element);
        keepers.putAll(keptByEntity(of.getRootEntityName()));
      }
    }
    ownTables(persister).forEach(table -> keepers.put(table, link.keeper(persister.getRole())));
    return keepers;
  }

  /** Whether no column of the elements decides which of them belong, or in which order. */
  private boolean dependsOnMembershipOnly(CollectionPersister persister) {
    boolean filtered = persister.getAttributeMapping().hasWhereRestrictions();
    if (persister.getElementType() instanceof EntityType element) {
      filtered |= elementOf(element).hasWhereRestrictions();
    }
    return !filtered && !persister.hasOrdering() && !persister.hasManyToManyOrdering();
  }

  private EntityPersister elementOf(EntityType element) {
    return factory.getMappingMetamodel().getEntityDescriptor(element.getAssociatedEntityName());
  }

  /** Whether the elements say themselves to which collection they belong, by one property. */
  public static boolean isInverse(CollectionPersister persister) {
    String property = persister.getMappedByProperty();
    return persister.isOneToMany()
        && persister.isInverse()
        && property != null
        && !property.isEmpty()
        && property.indexOf('.') < 0
        && persister.getCollectionType().useLHSPrimaryKey();
  }

  /** The tables whose rows an entity's own actions write by their keys. */
  public static Set<String> ownTables(EntityPersister persister) {
    Set<String> tables = new LinkedHashSet<>();
    if (persister instanceof AbstractEntityPersister own) {
      own.forEachMutableTable(
          table -> {
            if (isHibernatesOwn(table)) {
              tables.add(table.getTableName());
            }
          });
    }
    return tables;
  }

  /** The table whose rows a collection's own actions write by their owner; empty for none. */
  public static Set<String> ownTables(CollectionPersister persister) {
    if (persister instanceof AbstractCollectionPersister own
        && !persister.isOneToMany()
        && isHibernatesOwn(own.getCollectionTableMapping())) {
      return Set.of(own.getCollectionTableMapping().getTableName());
    }
    return Set.of();
  }

  /** SQL that the application gave may write any row. */
  private static boolean isHibernatesOwn(TableMapping table) {
    return table.getInsertDetails().getCustomSql() == null
        && table.getUpdateDetails().getCustomSql() == null
        && table.getDeleteDetails().getCustomSql() == null;
  }

  private static void addSpaces(Object[] spaces, Set<String> tables) {
    for (Object space : spaces) {
      tables.add(space.toString());
    }
  }

  private static void addFormula(SelectableMapping column, Set<String> queries) {
    String read = column.getCustomReadExpression();
    String formula = column.isFormula() ? column.getSelectionExpression() : read;
    if (formula != null) {
      String alias = "larder_row";
      queries.add(
          "select "
              + formula.replace("{@}", alias).replace("$PlaceHolder$", alias)
              + " from "
              + column.getContainingTableExpression()
              + " "
              + alias);
    }
  }
}
