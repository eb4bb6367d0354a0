package dev.larder.jdbc.history;

import java.util.List;

/**
 * What all clients did and saw. Ticks come from one counter, so that they order what happened in
 * different threads. Immutable.
 *
 * @param initial the value of each register before the first tick
 */
record History(List<Long> initial, List<Transaction> transactions) {}
