/** What does a data source answer to each thing that it can be asked to show? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.ask.report;
