package dev.larder.hibernate.internal.link;

import dev.larder.invalidation.ledger.WatchedSession;
import java.util.function.Function;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * What one entity hierarchy or collection depends on, for each tenant by itself where there are
 * any. Thread-safe.
 */
public final class TenantDependencies {

  private final DatabaseLink link;
  private final String role;
  private final Mapping mapping;
  private final Function<Mapping, TableDependencies> tables;

  /** Of those who have no tenants, or whose tenants are told apart by nothing below. */
  private final DependencyResolver only;

  /**
   * @param role of what it is
   * @param tables what the mapping says; asked when the session factory is complete
   */
  public TenantDependencies(
      DatabaseLink link,
      String role,
      Mapping mapping,
      Function<Mapping, TableDependencies> tables) {
    this.link = link;
    this.role = role;
    this.mapping = mapping;
    this.tables = tables;
    this.only = new DependencyResolver(link, role, () -> tables.apply(mapping));
  }

  /** Finds it ahead of the first session, where it is the same for all. */
  public void prepare() {
    if (link.tenants() == null) {
      only.find(null);
    }
  }

  /**
   * As {@link DependencyResolver#find}, for that session's tenant.
   *
   * @param watched its connection, which has set nothing but its tenant's schema; null without one
   */
  public @Nullable ResolvedDependencies find(
      SharedSessionContractImplementor session, @Nullable WatchedSession watched) {
    if (link.tenants() == null) {
      return only.find(watched);
    }
    Tenant tenant = link.tenant(session);
    return tenant == null || watched == null
        ? null
        : tenant.dependency(role, () -> of(tenant)).find(watched);
  }

  /** As {@link DependencyResolver#known}, for that session's tenant. */
  public @Nullable ResolvedDependencies known(SharedSessionContractImplementor session) {
    if (link.tenants() == null) {
      return only.known();
    }
    Tenant tenant = link.tenant(session);
    DependencyResolver own = tenant == null ? null : tenant.known(role);
    return own == null ? null : own.known();
  }

  private DependencyResolver of(Tenant tenant) {
    Mapping own = mapping.of(tenant);
    return new DependencyResolver(link, role, () -> tables.apply(own));
  }
}
