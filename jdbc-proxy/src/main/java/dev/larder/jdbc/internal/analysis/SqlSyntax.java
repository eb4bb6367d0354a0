package dev.larder.jdbc.internal.analysis;

import java.util.Map;

/**
 * The rules by which a product reads SQL text. Immutable and thread-safe.
 *
 * @param nameCase how it keeps a name that is not quoted
 * @param backslash whether a backslash escapes in a plain string
 * @param longestName how many bytes of a name it keeps; {@link Integer#MAX_VALUE} for all
 * @param grammar JSqlParser's name of the grammar that comes nearest
 * @param escapedFunctions what answers for {@code {fn name()}}, by JDBC's name in lower case, where
 *     the driver puts another function for it
 * @param traits everything else in which it differs from others
 */
public record SqlSyntax(
    NameCase nameCase,
    Backslash backslash,
    int longestName,
    String grammar,
    Map<String, String> escapedFunctions,
    Traits<SyntaxTrait> traits) {

  public SqlSyntax {
    escapedFunctions = Map.copyOf(escapedFunctions);
  }

  /** The case in which names are kept that are not quoted. */
  public enum NameCase {
    LOWER,
    UPPER,
    AS_SPELLED,
    /** Kept as spelled; whoever looks a name up takes it in any case. */
    UNSURE
  }

  /** Whether a backslash escapes in a plain string. */
  public enum Backslash {
    NEVER_ESCAPES,
    /** Unless a setting of the session says that it does. */
    USUALLY_PLAIN,
    /** Unless a setting of the session says that it does not. */
    USUALLY_ESCAPES,
    /** Both readings have to agree. */
    UNSURE
  }

  /** The rules of a product of which nothing is known. */
  public static final SqlSyntax UNSURE =
      new SqlSyntax(
          NameCase.UNSURE,
          Backslash.UNSURE,
          Integer.MAX_VALUE,
          "ANSI_SQL",
          Map.of(),
          Traits.unsure(SyntaxTrait.class));

  /** Whether the product has the trait for certain. */
  public boolean has(SyntaxTrait trait) {
    return traits.has(trait);
  }

  /** Whether the product has the trait, or nobody knows. */
  public boolean mayHave(SyntaxTrait trait) {
    return traits.mayHave(trait);
  }

  boolean isUnsure(SyntaxTrait trait) {
    return traits.isUnsure(trait);
  }

  /** Whether a backslash is read as an escape first. */
  boolean backslashEscapes() {
    return backslash == Backslash.USUALLY_ESCAPES;
  }

  /** Whether a backslash may be read the other way. */
  boolean backslashDependsOnSetting() {
    return backslash != Backslash.NEVER_ESCAPES;
  }
}
