package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.BypassReason;
import org.jspecify.annotations.Nullable;

/** The settings of a product of which nothing is known: any SET may do anything. Stateless. */
final class UnknownSettings implements SettingStatements {

  @Override
  public @Nullable Facts read(Statement statement) {
    String word = statement.word(0);
    return word.equals("SET") || word.equals("USE")
        ? FactsBuilder.unknown(word, BypassReason.NOT_A_QUERY)
        : null;
  }
}
