/** What does this SQL text do? Facts and a template, from the text alone. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.analysis;
