/** Hibernate's second-level cache on the ledger. */
module dev.larder.hibernate {
  requires transitive dev.larder.invalidation;
  requires transitive org.hibernate.orm.core;
  requires transitive jakarta.persistence;
  requires com.github.benmanes.caffeine;
  requires java.naming;
  requires java.sql;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.larder.hibernate;
  // Hibernate makes the region factory by its constructor.
  exports dev.larder.hibernate.internal.region to
      org.hibernate.orm.core;

  provides org.hibernate.boot.registry.selector.StrategyRegistrationProvider with
      dev.larder.hibernate.internal.region.LarderStrategies;
  provides org.hibernate.integrator.spi.Integrator with
      dev.larder.hibernate.internal.attribution.LarderIntegrator;
  provides org.hibernate.service.spi.ServiceContributor with
      dev.larder.hibernate.internal.attribution.LarderServiceContributor;
}
