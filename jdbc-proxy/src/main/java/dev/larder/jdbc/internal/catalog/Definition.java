package dev.larder.jdbc.internal.catalog;

/**
 * A text the catalogue holds: a view's query, a policy's condition, a routine's body. Immutable and
 * thread-safe.
 *
 * @param of what it defines, as a user would name it
 * @param text the SQL; empty where the user may not see it
 * @param path where its unqualified names are looked up
 */
public record Definition(Form form, String of, String text, SearchPath path) {

  /** How the text is to be read. */
  public enum Form {
    QUERY,
    EXPRESSION,
    /** Statements, with or without procedural language around them. */
    BODY
  }
}
