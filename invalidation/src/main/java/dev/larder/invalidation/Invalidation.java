package dev.larder.invalidation;

import java.util.List;

/**
 * The hooks: how an application says what it changed behind Larder's back. Implementations are
 * thread-safe; each call has taken effect when it returns.
 */
public interface Invalidation {

  /**
   * Forgets every answer that depends on this table.
   *
   * @param table the name as SQL would write it, with or without its schema, such as {@code
   *     public.book}
   */
  void table(String table);

  /**
   * Forgets every answer that depends on the rows of {@code table} in which {@code column} equals
   * {@code value}. May forget more.
   */
  void rows(String table, String column, Object value);

  /** Forgets every answer that was read under {@code larder(tag=...)}. */
  void tag(String tag);

  /** Forgets every answer. */
  void everything();

  /** Tells {@code listener} of every change from now on, whoever made it, until {@code close()}. */
  void onChange(ChangeListener listener);

  /**
   * What the sources of changes made elsewhere say of themselves; empty where the settings ask for
   * none or the database has not been reached yet.
   */
  List<SourceReport> sources();
}
