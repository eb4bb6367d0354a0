/** What once went wrong, and must not again: one class per incident. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.issues;
