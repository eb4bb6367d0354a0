/** What has this connection done that can change an answer? Fingerprint, transaction, isolation. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.session;
