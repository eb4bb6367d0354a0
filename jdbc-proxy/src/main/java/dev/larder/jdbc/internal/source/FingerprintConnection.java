package dev.larder.jdbc.internal.source;

import dev.larder.jdbc.internal.catalog.CatalogueReader;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the server that a source listens to, kept for one question and opened anew when
 * that fails. Used by one thread, but for ending it.
 */
final class FingerprintConnection implements DefinitionsPoll.Question {

  private final SourceTarget target;
  private final CatalogueReader reader;
  private volatile boolean ended;
  private volatile @Nullable Connection connection;

  FingerprintConnection(SourceTarget target, CatalogueReader reader) {
    this.target = target;
    this.reader = reader;
  }

  @Override
  public @Nullable String ask() throws SQLException {
    Connection open = connection;
    boolean answered = false;
    try {
      if (open == null) {
        open = target.open("definitions");
        connection = open;
      }
      String fingerprint = reader.fingerprint(open);
      answered = true;
      return fingerprint;
    } finally {
      if (!answered || ended) {
        drop();
      }
    }
  }

  @Override
  public void end() {
    ended = true;
    drop();
  }

  private void drop() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      SourceTarget.abort(open);
    }
  }
}
