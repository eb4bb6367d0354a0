/** Larder's region factory is found by its name. */
module dev.larder.consumer.hibernate {
  requires dev.larder.jdbc;
  requires dev.larder.hibernate;
  requires jakarta.persistence;
  requires java.logging;
  requires org.hibernate.orm.core;

  opens dev.larder.consumer.hibernate;
}
