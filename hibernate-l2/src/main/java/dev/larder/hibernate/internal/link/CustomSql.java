package dev.larder.hibernate.internal.link;

import java.util.HashMap;
import java.util.Map;
import org.hibernate.boot.Metadata;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.PersistentClass;
import org.jspecify.annotations.Nullable;

/**
 * SQL that the application has written into its mapping, by the name of the entity or the role of
 * the collection. Immutable and thread-safe.
 *
 * @param conditions which rows count ({@code @SQLRestriction})
 * @param elements which rows of the elements count ({@code @SQLJoinTableRestriction} is among the
 *     conditions)
 * @param loaders what they are read by instead; empty where that is no SQL
 */
public record CustomSql(
    Map<String, String> conditions, Map<String, String> elements, Map<String, String> loaders) {

  /** A mapping without any. */
  public static final CustomSql NONE = new CustomSql(Map.of(), Map.of(), Map.of());

  public CustomSql {
    conditions = Map.copyOf(conditions);
    elements = Map.copyOf(elements);
    loaders = Map.copyOf(loaders);
  }

  /** What is in that mapping. */
  public static CustomSql of(Metadata metadata) {
    Map<String, String> conditions = new HashMap<>();
    Map<String, String> elements = new HashMap<>();
    Map<String, String> loaders = new HashMap<>();
    for (PersistentClass entity : metadata.getEntityBindings()) {
      put(conditions, entity.getEntityName(), entity.getWhere());
      put(loaders, entity.getEntityName(), loader(entity.getLoaderName(), metadata));
    }
    for (Collection collection : metadata.getCollectionBindings()) {
      put(conditions, collection.getRole(), collection.getWhere());
      put(elements, collection.getRole(), collection.getManyToManyWhere());
      put(loaders, collection.getRole(), loader(collection.getLoaderName(), metadata));
    }
    return new CustomSql(conditions, elements, loaders);
  }

  private static @Nullable String loader(@Nullable String name, Metadata metadata) {
    if (name == null) {
      return null;
    }
    var query = metadata.getNamedNativeQueryMapping(name);
    return query == null ? "" : query.getSqlQueryString();
  }

  private static void put(Map<String, String> map, String name, @Nullable String sql) {
    if (sql != null) {
      map.put(name, sql);
    }
  }
}
