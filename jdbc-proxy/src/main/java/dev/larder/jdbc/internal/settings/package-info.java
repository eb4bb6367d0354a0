/** What has the user decided? Text to typed, immutable settings, with every mistake at once. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.settings;
