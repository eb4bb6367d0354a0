/** An application of Spring Boot, whose DataSource the starter puts Larder above. */
module dev.larder.consumer.boot {
  requires dev.larder.jdbc;
  requires java.sql;
  requires spring.boot;
  requires spring.boot.autoconfigure;
  requires spring.context;
  requires spring.jdbc;

  opens dev.larder.consumer.boot;
}
