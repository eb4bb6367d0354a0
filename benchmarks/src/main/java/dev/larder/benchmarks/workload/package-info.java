/**
 * What do well-known public benchmarks ask of a database? Small versions of them, written anew:
 * schema, statements, mix of transactions and choice of keys are as published, the tables smaller.
 */
@NullMarked
package dev.larder.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
