package dev.larder.invalidation.ledger;

/** The cell of all rows of a table, and the ways in which the table is looked at by rows. */
final class TableCell extends Gate {

  private final TableLooks looks = new TableLooks(this);

  TableCell(long position) {
    super(position);
  }

  TableLooks looks() {
    return looks;
  }
}
