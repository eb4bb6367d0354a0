package dev.larder.jdbc.internal.catalog;

import dev.larder.jdbc.internal.analysis.Analysis;
import dev.larder.jdbc.internal.analysis.Facts.TableWrite;
import dev.larder.jdbc.internal.analysis.ObjectName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the texts that a catalogue holds are understood. Implementations are thread-safe.
 *
 * <p>Any RuntimeException makes the text it was asked about opaque, and nothing else.
 */
public interface DefinitionReader {

  /** The analysis of statements, exactly as of a text the application sends. */
  Analysis statements(String sql);

  /** What a procedural body does, by its tokens. */
  BodyContents body(String text);

  /**
   * What a procedural body may do. Immutable and thread-safe.
   *
   * @param altersSession whether it changes settings or makes temporary objects
   * @param opaque why it may do anything else too (dynamic SQL, a construct that was not
   *     understood), or null
   */
  record BodyContents(
      List<TableWrite> writes,
      Set<ObjectName> reads,
      Set<ObjectName> functions,
      boolean altersSession,
      @Nullable String opaque) {
    public BodyContents {
      writes = List.copyOf(writes);
      reads = Set.copyOf(reads);
      functions = Set.copyOf(functions);
    }
  }
}
