package dev.larder.invalidation.ledger;

import dev.larder.invalidation.Scope;
import dev.larder.invalidation.TableName;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A footprint with its cells found, so that taking a stamp is a few volatile reads. Immutable and
 * thread-safe; belongs to the ledger that made it.
 */
public final class TrackedFootprint {

  /**
   * What one execution of a query needs of a table: these rows, and no others.
   *
   * @param isThere whether a row is known to be there for each of the values, none of which two
   *     rows can have
   * @param beside what all those rows hold in the path's second column; empty where it has none
   */
  public record Narrowing(
      TableName table, AccessPath rows, int[] hashes, boolean isThere, int[] beside) {

    private static final int[] NOTHING = {};

    public Narrowing(TableName table, AccessPath rows, int[] hashes, boolean isThere) {
      this(table, rows, hashes, isThere, NOTHING);
    }

    public Narrowing(TableName table, AccessPath rows, int[] hashes) {
      this(table, rows, hashes, false);
    }
  }

  private final Footprint footprint;
  private final TrackedFootprint whole;
  final Cell[] cells;
  private final Scope[] scopes;
  private volatile @Nullable Within within;

  /**
   * @param cells in the order of the footprint's scopes
   */
  TrackedFootprint(Footprint footprint, Cell[] cells) {
    this.footprint = footprint;
    this.whole = this;
    this.cells = cells;
    this.scopes = footprint.scopes().toArray(new Scope[0]);
  }

  private TrackedFootprint(TrackedFootprint whole, Cell[] cells) {
    this.footprint = whole.footprint;
    this.whole = whole;
    this.cells = cells;
    this.scopes = whole.scopes;
  }

  /**
   * The same footprint, of which one execution depends on less: where a table is narrowed, only on
   * changes to those rows. Not worth keeping.
   *
   * @param narrowings where several are of one table, it depends on all of them
   */
  public TrackedFootprint narrowed(List<Narrowing> narrowings) {
    if (whole != this) {
      return whole.narrowed(narrowings);
    }
    int most = cells.length;
    for (Narrowing each : narrowings) {
      most += AccessPath.cells(each);
    }
    Cell[] narrower = new Cell[most];
    int at = 0;
    for (int i = 0; i < cells.length; i++) {
      int before = at;
      for (Narrowing each : narrowings) {
        if (scopes[i] instanceof Scope.Table table && table.table().equals(each.table())) {
          at = each.rows().cells(each, narrower, at);
        }
      }
      if (at == before) {
        narrower[at++] = cells[i];
      }
    }
    return new TrackedFootprint(whole, Arrays.copyOf(narrower, at));
  }

  /** The scope that a cell of the whole is of. */
  Scope scope(int index) {
    return scopes[index];
  }

  public Footprint footprint() {
    return footprint;
  }

  /** Where every cell of the footprint stands now. Take it before the query runs. */
  public Stamp stamp() {
    return new Stamp(whole, cells);
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
