/** May this execution be served or stored? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.eligibility;
