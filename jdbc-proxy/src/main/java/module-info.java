/** Answers a SELECT from memory when its answer cannot have changed. */
module dev.larder.jdbc {
  requires transitive java.sql;
  requires transitive dev.larder.invalidation;
  requires java.management;
  requires com.github.benmanes.caffeine;
  requires com.zaxxer.hikari;
  requires net.sf.jsqlparser;
  requires org.slf4j;
  requires static org.jspecify;
  requires static micrometer.core;
  requires static com.h2database;
  requires static io.github.resilience4j.circuitbreaker;
  requires static io.github.resilience4j.core;
  requires static jdk.httpserver;
  requires static mysql.binlog.connector.java;
  requires static org.mariadb.jdbc;
  requires static org.postgresql.jdbc;

  exports dev.larder.jdbc;
  exports dev.larder.jdbc.micrometer;
  exports dev.larder.jdbc.internal.console to
      dev.larder.console;
  exports dev.larder.jdbc.internal.http to
      dev.larder.console;
  exports dev.larder.jdbc.internal.transport to
      dev.larder.redis;

  provides java.sql.Driver with
      dev.larder.jdbc.LarderDriver;

  uses dev.larder.jdbc.internal.console.ConsoleModule;
  uses dev.larder.jdbc.internal.transport.StreamTransport;
  uses java.sql.Driver;
}
