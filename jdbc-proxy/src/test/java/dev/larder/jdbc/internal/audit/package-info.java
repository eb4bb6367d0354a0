/** Tests of the audit of hits. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.audit;
