/** Does it pay to keep the answers to a template? Measured, template by template. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.admission;
