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
  private final Keeping keeping;
  private final @Nullable MutationType type;
  private final @Nullable Object entity;
  private @Nullable Object keyToLock;

  /**
   * Who accounts for the rows of an entity or a collection, and of which tables.
   *
   * @param keeper the name under which the ledger knows it
   * @param tables as Hibernate spells them
   */
  public record Keeping(String keeper, Set<String> tables) {

    public Keeping {
      tables = Set.copyOf(tables);
    }
  }

  private Announcement(
      Object target,
      Keeping keeping,
      @Nullable MutationType type,
      @Nullable Object entity,
      @Nullable Object keyToLock) {
    this.target = target;
    this.keeping = keeping;
    this.type = type;
    this.entity = entity;
    this.keyToLock = keyToLock;
  }

  /** An insert; nobody locks what is not there yet. */
  public static Announcement insert(Object persister, Keeping keeping, Object entity) {
    return new Announcement(persister, keeping, MutationType.INSERT, entity, null);
  }

  /**
   * An update or a delete.
   *
   * @param key by which Hibernate will lock the entity
   */
  public static Announcement change(
      Object persister, Keeping keeping, MutationType type, Object entity, Object key) {
    return new Announcement(persister, keeping, type, entity, key);
  }

  /** Any writes to a collection, which Hibernate has locked before all actions. */
  public static Announcement collection(Object persister, Keeping keeping) {
    return new Announcement(persister, keeping, null, null, null);
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

  public Keeping keeping() {
    return keeping;
  }

  boolean isOfOneEntity() {
    return entity != null;
  }
}
