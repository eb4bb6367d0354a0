/** What does Larder cost, and what does it save, beside the same work without it? */
@org.jspecify.annotations.NullMarked
package dev.larder.benchmarks;
