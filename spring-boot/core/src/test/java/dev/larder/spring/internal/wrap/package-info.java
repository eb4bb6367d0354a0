/** What is read of an environment, by itself. */
@org.jspecify.annotations.NullMarked
package dev.larder.spring.internal.wrap;
