package dev.larder.jdbc.internal.settings;

/** Which answers are kept, of those that can be. */
public enum Admission {
  /** Those of templates for which keeping them pays. */
  MEASURED,
  /** All of them. */
  ALWAYS
}
