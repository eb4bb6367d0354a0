/** Does an application see any difference? One seeded workload, with Larder and without. */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.equivalence;
