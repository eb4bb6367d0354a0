package dev.larder.jdbc.internal.ahead;

import java.util.function.DoubleSupplier;

/**
 * How much of the database's time may be spent. Immutable.
 *
 * @param share of what is saved, 0 to 1
 * @param savedNanos what all hits have saved so far
 */
public record RefreshLimits(double share, DoubleSupplier savedNanos) {}
