package dev.larder.jdbc.internal.product.unknown;

import dev.larder.jdbc.BypassReason;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.FactsBuilder;
import dev.larder.jdbc.internal.analysis.SettingStatements;
import dev.larder.jdbc.internal.analysis.Statement;
import org.jspecify.annotations.Nullable;

/** The settings of a product of which nothing is known: any SET may do anything. Stateless. */
final class UnknownSettingStatements implements SettingStatements {

  @Override
  public @Nullable Facts read(Statement statement) {
    String word = statement.word(0);
    return word.equals("SET") || word.equals("USE")
        ? FactsBuilder.unknown(word, BypassReason.NOT_A_QUERY)
        : null;
  }
}
