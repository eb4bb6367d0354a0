/** Is what the quickstart shows true, and would it notice if it were not? */
@org.jspecify.annotations.NullMarked
package dev.larder.examples.bookshop;
