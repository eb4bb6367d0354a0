/** What does an application gain from Larder? A small bookshop, run without it and with it. */
@org.jspecify.annotations.NullMarked
package dev.larder.examples.bookshop;
