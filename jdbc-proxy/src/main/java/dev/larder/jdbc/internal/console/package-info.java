/** What may a console see of a data source, and what may it do? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.console;
