package dev.larder.hibernate.internal.link;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One tenant whose connections are of the LarderDataSource below: where its sessions look for
 * names, and what is therefore meant by the mapping's. Thread-safe.
 *
 * <p>A tenant that comes to look elsewhere is another one.
 */
public final class Tenant {

  private final long number;
  private final Object schema;
  private final Map<String, DependencyResolver> dependencies = new ConcurrentHashMap<>();
  private volatile long askedAtNanos = System.nanoTime();

  /**
   * @param number of this tenant alone, among all of the session factory
   * @param schema what a session says that has just begun
   */
  Tenant(long number, Object schema) {
    this.number = number;
    this.schema = schema;
  }

  /** What a session of the tenant says that has set nothing else. */
  public Object schema() {
    return schema;
  }

  /** In whose name rows are accounted for, so that no two tenants account for each other's. */
  String name() {
    return String.valueOf(number);
  }

  @Nullable DependencyResolver known(String role) {
    return dependencies.get(role);
  }

  DependencyResolver dependency(String role, Supplier<DependencyResolver> found) {
    return dependencies.computeIfAbsent(role, name -> found.get());
  }

  void asked() {
    askedAtNanos = System.nanoTime();
  }

  long askedAtNanos() {
    return askedAtNanos;
  }
}
