/** What once went wrong, and must not again: one class per incident. */
@org.jspecify.annotations.NullUnmarked
package dev.larder.hibernate.issues;
