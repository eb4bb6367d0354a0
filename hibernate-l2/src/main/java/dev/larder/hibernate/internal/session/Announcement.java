package dev.larder.hibernate.internal.session;

import java.util.Set;
import org.hibernate.sql.model.MutationType;
import org.jspecify.annotations.Nullable;

/**
 * An action of Hibernate's that is about to write, of which all that depends on its rows was found
 * and locked. Used by one thread at a time, like its session.
 *
 * <p>An action that a listener vetoes, or that fails, is announced and never comes: so what is
 * announced counts only for the executor that Hibernate makes for it, and for an update or a delete
 * only once Hibernate has locked the entity, which it does after all listeners were asked.
 */
public final class Announcement {

  private final Object target;
  private final Exemption exemption;
  private final @Nullable MutationType type;
  private final @Nullable Object entity;
  private @Nullable Object keyToLock;

  /**
   * The cache of an entity or a collection that accounts for the rows which are written, and of
   * which tables: what the ledger exempts it from.
   *
   * @param cache the name under which the ledger knows it
   * @param tables as Hibernate spells them
   */
  public record Exemption(String cache, Set<String> tables) {

    public Exemption {
      tables = Set.copyOf(tables);
    }
  }

  private Announcement(
      Object target,
      Exemption exemption,
      @Nullable MutationType type,
      @Nullable Object entity,
      @Nullable Object keyToLock) {
    this.target = target;
    this.exemption = exemption;
    this.type = type;
    this.entity = entity;
    this.keyToLock = keyToLock;
  }

  /** An insert; nobody locks what is not there yet. */
  public static Announcement insert(Object persister, Exemption exemption, Object entity) {
    return new Announcement(persister, exemption, MutationType.INSERT, entity, null);
  }

  /**
   * An update or a delete.
   *
   * @param key by which Hibernate will lock the entity
   */
  public static Announcement change(
      Object persister, Exemption exemption, MutationType type, Object entity, Object key) {
    return new Announcement(persister, exemption, type, entity, key);
  }

  /** Any writes to a collection, which Hibernate has locked before all actions. */
  public static Announcement collection(Object persister, Exemption exemption) {
    return new Announcement(persister, exemption, null, null, null);
  }

  void locked(Object key) {
    if (key.equals(keyToLock)) {
      keyToLock = null;
    }
  }

  /** Whether an executor with that target and of that kind is the one that was announced. */
  boolean isOf(Object wanted, MutationType kind) {
    return target == wanted && keyToLock == null && (type == null || type == kind);
  }

  /** Whether the executor writes what was announced. */
  public boolean covers(@Nullable Object written) {
    return entity == null || entity == written;
  }

  public boolean isDelete() {
    return type == MutationType.DELETE;
  }

  public Exemption exemption() {
    return exemption;
  }

  boolean isOfOneEntity() {
    return entity != null;
  }
}
