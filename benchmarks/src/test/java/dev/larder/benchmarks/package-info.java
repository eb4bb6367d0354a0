/** That the benchmarks measure what they say. */
@org.jspecify.annotations.NullMarked
package dev.larder.benchmarks;
