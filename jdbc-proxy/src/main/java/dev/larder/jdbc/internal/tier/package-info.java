/**
 * May an answer that another node kept be used here?
 *
 * <p>Why, and when, is argued in {@link dev.larder.jdbc.internal.tier.HeardChanges}; everything
 * else here carries values about and decides nothing.
 */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.internal.tier;
