package dev.larder.jdbc.internal.proxy;

import java.sql.ResultSet;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What one statement has in the database beside the driver's own statement: a batch, a statement on
 * a replica with its result, warnings. Made when there is any of it. Not thread-safe, but for the
 * statement on the replica, which another thread may cancel.
 */
final class DatabaseWork {

  @Nullable Batch batch;

  /** The statement that runs on a replica now. */
  volatile @Nullable Statement elsewhere;

  /** The result of a replica, whose statement is closed with it. */
  @Nullable ResultSet elsewhereResult;

  /** What the driver has told of the current result's warnings and may not tell again. */
  @Nullable SQLWarning warnings;

  @Nullable Batch takeBatch() {
    Batch taken = batch;
    batch = null;
    return taken;
  }

  @Nullable SQLWarning takeWarnings() {
    SQLWarning taken = warnings;
    warnings = null;
    return taken;
  }
}
