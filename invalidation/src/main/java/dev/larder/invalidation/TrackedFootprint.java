package dev.larder.invalidation;

import org.jspecify.annotations.Nullable;

/**
 * A footprint with its cells found, so that taking a stamp is a few volatile reads. Immutable and
 * thread-safe; belongs to the ledger that made it.
 */
public final class TrackedFootprint {

  private final Footprint footprint;
  final Cell[] cells;
  private volatile @Nullable Within within;

  TrackedFootprint(Footprint footprint, Cell[] cells) {
    this.footprint = footprint;
    this.cells = cells;
  }

  public Footprint footprint() {
    return footprint;
  }

  /** Where every cell of the footprint stands now. Take it before the query runs. */
  public Stamp stamp() {
    long[] words = new long[cells.length];
    for (int i = 0; i < cells.length; i++) {
      words[i] = cells[i].word();
    }
    return new Stamp(this, words);
  }

  /**
   * Whether no cell has moved since {@code position} and none is open: what a snapshot that was
   * taken after {@code position} sees of this footprint is what the database holds now.
   */
  public boolean unmovedSince(long position) {
    for (Cell cell : cells) {
      long word = cell.word();
      if (Cell.isOpen(word) || Cell.version(word) > position) {
        return false;
      }
    }
    return true;
  }

  /** Whether every table of the footprint is among those that a source reports. */
  public boolean liesWithin(Reach reach) {
    Within known = within;
    if (known == null || known.reach != reach) {
      known = new Within(reach, reach.includes(footprint));
      within = known;
    }
    return known.isWithin;
  }

  /** Asked on every hit, and the same until the source's reach is another. */
  private record Within(Reach reach, boolean isWithin) {}

  /**
   * The position after which no cell has moved, so that what holds now has held since then; {@link
   * Long#MAX_VALUE} while any cell is open.
   */
  public long lastMove() {
    long latest = 0;
    for (Cell cell : cells) {
      long word = cell.word();
      if (Cell.isOpen(word)) {
        return Long.MAX_VALUE;
      }
      latest = Math.max(latest, Cell.version(word));
    }
    return latest;
  }

  @Override
  public String toString() {
    return footprint.toString();
  }
}
