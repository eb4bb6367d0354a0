package dev.larder.jdbc.internal.result.column;

import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * The offsets of the JVM's default time zone from UTC, by its rules from 1900 to 2100. Thread-safe.
 */
public final class DefaultZone {

  /*
   * Each offset of a TimeZone is a binary search, and a result has many. So what was found is
   * kept, by stretches of some twelve days, for the zone that was the default then.
   * TimeZone.getDefault() gives a copy each time, because a TimeZone can be changed; whether it
   * is a copy of the same shows in its class, in its id, which all copies share, in the offset
   * that setRawOffset changes, and in its hash, which for the JDK's own class holds a checksum of
   * all its changes of clocks. Of other classes nothing is kept.
   */

  /** Near a change of the clocks, where calendars have rules of their own. */
  public static final long UNSETTLED = Long.MIN_VALUE;

  public static final long MILLIS_PER_DAY = 86_400_000;

  private static final int STRETCH_BITS = 30;
  private static final long STRETCH = 1L << STRETCH_BITS;
  private static final int FIRST_STRETCH = -2_057;
  private static final int STRETCHES = 5_877;

  // What is known of a stretch: nothing, that clocks change in it, or an offset.
  private static final int UNKNOWN = 0;
  private static final int CHANGES = 1;
  private static final int OFFSET = 1 << 30;

  private static final Class<? extends TimeZone> JDKS_OWN = TimeZone.getTimeZone("UTC").getClass();

  private static volatile @Nullable DefaultZone latest;

  private final String id;
  private final int rawOffset;
  private final int hash;

  /** Several threads may find the same; none of them can find another. */
  private final int[] known = new int[STRETCHES];

  private DefaultZone(TimeZone zone) {
    this.id = zone.getID();
    this.rawOffset = zone.getRawOffset();
    this.hash = zone.hashCode();
  }

  /**
   * The offset in milliseconds all around a moment, or {@link #UNSETTLED} within a day of a change.
   *
   * @param asUtc the moment by the zone's own clocks, as if they were UTC's
   */
  public static long offsetAround(long asUtc) {
    TimeZone zone = TimeZone.getDefault();
    int stretch = (int) (asUtc >> STRETCH_BITS) - FIRST_STRETCH;
    if (zone.getClass() != JDKS_OWN || stretch < 0 || stretch >= STRETCHES) {
      return search(zone, asUtc);
    }
    DefaultZone current = latest;
    if (current == null || !current.is(zone)) {
      current = new DefaultZone(zone);
      latest = current;
    }
    int found = current.known[stretch];
    if (found == UNKNOWN) {
      found = within(zone, stretch);
      current.known[stretch] = found;
    }
    return found == CHANGES ? search(zone, asUtc) : found - OFFSET;
  }

  @SuppressWarnings("ReferenceEquality")
  private boolean is(TimeZone zone) {
    return zone.getID() == id && zone.getRawOffset() == rawOffset && zone.hashCode() == hash;
  }

  private static long search(TimeZone zone, long asUtc) {
    int offset = zone.getOffset(asUtc - MILLIS_PER_DAY);
    return offset == zone.getOffset(asUtc + MILLIS_PER_DAY) ? offset : UNSETTLED;
  }

  /** The one offset of a stretch and a day on either side of it, or that there is more than one. */
  private static int within(TimeZone zone, int stretch) {
    long start = (stretch + FIRST_STRETCH) * STRETCH - MILLIS_PER_DAY;
    int offset = zone.getOffset(start);
    for (long at = start; at <= start + STRETCH + 3 * MILLIS_PER_DAY; at += MILLIS_PER_DAY) {
      if (zone.getOffset(at) != offset) {
        return CHANGES;
      }
    }
    return OFFSET + offset;
  }
}
