package dev.larder.hibernate.internal.link;

import dev.larder.hibernate.internal.link.TableDependencies.Key;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.persister.collection.AbstractCollectionPersister;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.AbstractEntityPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.sql.model.TableMapping;
import org.hibernate.type.ComponentType;
import org.hibernate.type.EntityType;
import org.hibernate.type.ManyToOneType;
import org.hibernate.type.OneToOneType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * What Hibernate's metamodel says of the tables below an entity or a collection. Thread-safe;
 * usable when the session factory is complete.
 */
public final class Mapping {

  private final SessionFactoryImplementor factory;
  private final DatabaseLink link;
  private final Supplier<CustomSql> customSql;
  private final @Nullable Tenant tenant;

  /**
   * @param customSql what the mapping holds of SQL; asked when the session factory is complete
   */
  public Mapping(
      SessionFactoryImplementor factory, DatabaseLink link, Supplier<CustomSql> customSql) {
    this(factory, link, customSql, null);
  }

  private Mapping(
      SessionFactoryImplementor factory,
      DatabaseLink link,
      Supplier<CustomSql> customSql,
      @Nullable Tenant tenant) {
    this.factory = factory;
    this.link = link;
    this.customSql = customSql;
    this.tenant = tenant;
  }

  /** The same for one tenant's rows. */
  Mapping of(Tenant one) {
    return new Mapping(factory, link, customSql, one);
  }

  /** What the entities of one hierarchy are read from. */
  public TableDependencies entity(String root) {
    Set<String> tables = new LinkedHashSet<>();
    Set<String> queries = new LinkedHashSet<>();
    Map<String, Key> keys = new HashMap<>();
    Set<String> associated = new LinkedHashSet<>();
    forEachOf(
        root,
        persister -> {
          addSpaces(persister.getQuerySpaces(), tables);
          persister.forEachSelectable((index, column) -> addFormula(column, queries));
          addKeys(persister, keys);
          addCustomSql(persister, queries);
          for (Type type : persister.getPropertyTypes()) {
            addAssociated(type, associated);
          }
        });
    Map<String, String> caches = cachesOfEntity(root);
    tables.addAll(associated);
    caches.keySet().removeAll(associated);
    keys.keySet().removeAll(associated);
    return new TableDependencies(tables, queries, caches, keys);
  }

  /**
   * What a collection is read from: what tells which elements it has, not the elements' own state.
   */
  public TableDependencies collection(String role) {
    CollectionPersister persister = factory.getMappingMetamodel().getCollectionDescriptor(role);
    Set<String> tables = new LinkedHashSet<>();
    Set<String> queries = new LinkedHashSet<>();
    addSpaces(persister.getCollectionSpaces(), tables);
    addCustomSql(persister, queries);
    if (persister.getElementType() instanceof EntityType element) {
      if (persister.isOneToMany() || !dependsOnMembershipOnly(persister)) {
        addSpaces(elementOf(element).getQuerySpaces(), tables);
      }
    } else {
      persister
          .getAttributeMapping()
          .getElementDescriptor()
          .forEachSelectable((index, column) -> addFormula(column, queries));
    }
    return new TableDependencies(
        tables, queries, cachesOfCollection(persister), keys(persister, tables));
  }

  private void forEachOf(String root, Consumer<EntityPersister> action) {
    factory
        .getMappingMetamodel()
        .forEachEntityDescriptor(
            persister -> {
              if (persister.getRootEntityName().equals(root)) {
                action.accept(persister);
              }
            });
  }

  /** The rows of an entity in each of its tables are those with its id, if that is one value. */
  private static void addKeys(EntityPersister persister, Map<String, Key> keys) {
    boolean[] plain = {PlainType.is(persister.getIdentifierType())};
    persister
        .getIdentifierMapping()
        .forEachSelectable((index, column) -> plain[0] &= PlainType.isBare(column));
    if (plain[0] && persister instanceof AbstractEntityPersister own) {
      own.forEachMutableTable(
          table -> {
            if (table.getKeyDetails().getColumnCount() == 1) {
              String column = table.getKeyDetails().getKeyColumn(0).getColumnName();
              keys.put(table.getTableName(), new Key(column, Set.of()));
            }
          });
    }
  }

  /**
   * The tables of an entity that another's state names by its id, where the row itself holds
   * something else: the value of a property, or a key whose entity may be missing.
   */
  private void addAssociated(Type type, Set<String> tables) {
    if (type instanceof ComponentType component) {
      for (Type part : component.getSubtypes()) {
        addAssociated(part, tables);
      }
    }
    if (type instanceof EntityType entity) {
      boolean byItsKey =
          entity instanceof ManyToOneType single
              && single.isReferenceToPrimaryKey()
              && !single.isNullable();
      // A one-to-one is looked up anew whenever its owner is read from memory.
      boolean lookedUp = entity.getClass() == OneToOneType.class;
      if (!byItsKey && !lookedUp) {
        addSpaces(elementOf(entity).getQuerySpaces(), tables);
      }
    }
  }

  /** The rows of a collection are those with its owner's key, if that is one value. */
  private Map<String, Key> keys(CollectionPersister persister, Set<String> tables) {
    if (!(persister instanceof AbstractCollectionPersister own)
        || own.getKeyColumnNames().length != 1
        || !PlainType.is(persister.getKeyType())) {
      return Map.of();
    }
    if (!persister.isOneToMany()) {
      return Map.of(own.getTableName(), new Key(own.getKeyColumnNames()[0], Set.of()));
    }
    // In a hierarchy of several tables the key may be in any of them.
    return tables.size() == 1
        ? Map.of(
            tables.iterator().next(), new Key(own.getKeyColumnNames()[0], membership(persister)))
        : Map.of();
  }

  /** The columns that tell which elements there are; empty where any column may. */
  private Set<String> membership(CollectionPersister persister) {
    EntityPersister element = elementOf((EntityType) persister.getElementType());
    boolean byKeyAlone =
        dependsOnMembershipOnly(persister)
            && !persister.hasIndex()
            && element.getDiscriminatorMapping() == null
            && element.getSoftDeleteMapping() == null
            && factory.getAutoEnabledFilters().isEmpty()
            && element instanceof AbstractEntityPersister;
    if (!byKeyAlone) {
      return Set.of();
    }
    Set<String> columns =
        new LinkedHashSet<>(List.of(((AbstractCollectionPersister) persister).getKeyColumnNames()));
    columns.addAll(List.of(((AbstractEntityPersister) element).getIdentifierColumnNames()));
    return columns;
  }

  private Map<String, String> cachesOfEntity(String root) {
    Map<String, String> caches = new HashMap<>();
    forEachOf(
        root,
        persister ->
            ownTables(persister).forEach(table -> caches.put(table, link.cacheName(tenant, root))));
    return caches;
  }

  private Map<String, String> cachesOfCollection(CollectionPersister persister) {
    Map<String, String> caches = new HashMap<>();
    if (!dependsOnMembershipOnly(persister)) {
      return caches;
    }
    if (persister.getElementType() instanceof EntityType element && !persister.hasIndex()) {
      if (!persister.isOneToMany() || isInverse(persister)) {
        EntityPersister of = elementOf(element);
        caches.putAll(cachesOfEntity(of.getRootEntityName()));
      }
    }
    ownTables(persister)
        .forEach(table -> caches.put(table, link.cacheName(tenant, persister.getRole())));
    return caches;
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

  private void addCustomSql(EntityPersister persister, Set<String> queries) {
    CustomSql sql = customSql.get();
    addLoader(sql.loaders().get(persister.getEntityName()), queries);
    String condition = sql.conditions().get(persister.getEntityName());
    if (condition != null && persister instanceof AbstractEntityPersister own) {
      queries.add(where(own.getTableName(), condition));
    }
  }

  private void addCustomSql(CollectionPersister persister, Set<String> queries) {
    CustomSql sql = customSql.get();
    addLoader(sql.loaders().get(persister.getRole()), queries);
    String condition = sql.conditions().get(persister.getRole());
    if (condition != null && persister instanceof AbstractCollectionPersister own) {
      queries.add(where(own.getTableName(), condition));
    }
    if (persister.getElementType() instanceof EntityType element) {
      EntityPersister of = elementOf(element);
      addCustomSql(of, queries);
      String ofElements = sql.elements().get(persister.getRole());
      if (ofElements != null && of instanceof AbstractEntityPersister own) {
        queries.add(where(own.getTableName(), ofElements));
      }
    }
  }

  /** A loader that is no SQL reads what nobody can tell, and no analysis finds a query in it. */
  private static void addLoader(@Nullable String sql, Set<String> queries) {
    if (sql != null) {
      queries.add(sql);
    }
  }

  private static String where(String table, String condition) {
    return "select 1 from "
        + table
        + " larder_row where "
        + condition.replace("{alias}", "larder_row");
  }

  private static void addSpaces(Object[] spaces, Set<String> tables) {
    for (Object space : spaces) {
      tables.add(space.toString());
    }
  }

  private static void addFormula(SelectableMapping column, Set<String> queries) {
    String read = column.getCustomReadExpression();
    String formula = column.isFormula() ? column.getSelectionExpression() : read;
    if (formula != null && !PlainType.isBare(column)) {
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
