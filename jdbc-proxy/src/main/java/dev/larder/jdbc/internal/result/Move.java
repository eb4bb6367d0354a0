package dev.larder.jdbc.internal.result;

/** The ways to move a scrollable cursor; only the first two have an argument. */
enum Move {
  ABSOLUTE,
  RELATIVE,
  FIRST,
  LAST,
  PREVIOUS,
  BEFORE_FIRST,
  AFTER_LAST
}
