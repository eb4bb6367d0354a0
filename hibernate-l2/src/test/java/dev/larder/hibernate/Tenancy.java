package dev.larder.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.TenantId;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;

/** Entities for several tenants, and one that needs JTA. */
final class Tenancy {

  private Tenancy() {}

  @Entity(name = "Note")
  @Table(name = "note")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "note")
  static class Note {
    @Id Long id;
    String text;
    @TenantId String tenant;
  }

  @Entity(name = "Ledgered")
  @Table(name = "publisher")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.TRANSACTIONAL, region = "ledgered")
  static class Ledgered {
    @Id Long id;
    String name;
  }

  /** The tenant that the test is. */
  static final class Current implements CurrentTenantIdentifierResolver<String> {
    static volatile String tenant = "a";

    @Override
    public String resolveCurrentTenantIdentifier() {
      return tenant;
    }

    @Override
    public boolean validateExistingCurrentSessions() {
      return false;
    }
  }
}
