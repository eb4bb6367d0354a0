package dev.larder.invalidation.ledger;

/** The cell of all rows of a table, and the access paths to its rows. */
final class TableCell extends Gate {

  private final TableAccessPaths accessPaths = new TableAccessPaths(this);

  TableCell(long position) {
    super(position);
  }

  TableAccessPaths accessPaths() {
    return accessPaths;
  }
}
