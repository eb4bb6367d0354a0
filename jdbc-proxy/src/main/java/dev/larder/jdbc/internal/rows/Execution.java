package dev.larder.jdbc.internal.rows;

import dev.larder.jdbc.internal.analysis.Operand;
import dev.larder.jdbc.internal.bind.BoundValues;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that one execution of a text puts in the place of its operands. Not to be kept: it may
 * share the application's values.
 *
 * @param literals those of the text, as spelled
 */
public record Execution(List<String> literals, BoundValues parameters) {

  /** The value of an operand for a column of that kind, or null where it cannot be told. */
  @Nullable Object value(Operand operand, ColumnKind kind) {
    if (operand instanceof Operand.Parameter parameter) {
      return parameters.plainValue(parameter.position());
    }
    int index = ((Operand.Literal) operand).index();
    return index < literals.size() ? kind.literal(literals.get(index)) : null;
  }
}
