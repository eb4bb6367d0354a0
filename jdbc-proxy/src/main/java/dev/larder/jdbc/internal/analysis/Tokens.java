package dev.larder.jdbc.internal.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one text, as positions into it. Filled by {@link Lexer}, then only read; safe to
 * share once filled.
 */
public final class Tokens {

  public static final byte WORD = 0;
  public static final byte QUOTED = 1;

  /** {@code "x"} where a setting says whether that is a string or a name. */
  public static final byte STRING_OR_NAME = 2;

  public static final byte STRING = 3;
  public static final byte NUMBER = 4;
  public static final byte PARAMETER = 5;

  /** {@code @x}, {@code @@x}. */
  public static final byte VARIABLE = 6;

  /** {@code $1}. */
  public static final byte POSITION = 7;

  public static final byte SYMBOL = 8;

  /** An optimizer hint that stays in the template. */
  public static final byte HINT = 9;

  /**
   * Where the tokens are, of which only the first {@code size} count.
   *
   * @param kinds what each is
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Positions(byte[] kinds, int[] starts, int[] ends, int size) {}

  /**
   * What else was found in the text.
   *
   * @param parameters how many
   * @param depth of parentheses, at its deepest
   * @param hintComments those that may hold a {@code larder(...)} hint, as the text spells them
   * @param setsVariable whether an optimizer hint may set a variable
   */
  record Contents(int parameters, int depth, List<String> hintComments, boolean setsVariable) {}

  public final String text;
  public final SqlSyntax syntax;
  public final int size;
  public final int parameters;
  public final int depth;

  /** Comments that may hold a {@code larder(...)} hint, as the text spells them. */
  public final List<String> hintComments;

  /** Whether an optimizer hint may set a variable. */
  final boolean setsVariable;

  private final byte[] kinds;
  private final int[] starts;
  private final int[] ends;
  private final @Nullable String[] words;

  Tokens(String text, SqlSyntax syntax, Positions positions, Contents contents) {
    this.text = text;
    this.syntax = syntax;
    this.kinds = positions.kinds();
    this.starts = positions.starts();
    this.ends = positions.ends();
    this.size = positions.size();
    this.parameters = contents.parameters();
    this.depth = contents.depth();
    this.hintComments = contents.hintComments();
    this.setsVariable = contents.setsVariable();
    this.words = new @Nullable String[size];
  }

  /** The same tokens without optimizer hints, for everything but the template. */
  public Tokens withoutHints() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (kinds[i] != HINT) {
        kept++;
      }
    }
    if (kept == size) {
      return this;
    }
    byte[] k = new byte[kept];
    int[] s = new int[kept];
    int[] e = new int[kept];
    int n = 0;
    for (int i = 0; i < size; i++) {
      if (kinds[i] != HINT) {
        k[n] = kinds[i];
        s[n] = starts[i];
        e[n++] = ends[i];
      }
    }
    return new Tokens(
        text,
        syntax,
        new Positions(k, s, e, kept),
        new Contents(parameters, depth, hintComments, setsVariable));
  }

  public byte kind(int i) {
    return i >= 0 && i < size ? kinds[i] : SYMBOL;
  }

  public int start(int i) {
    return starts[i];
  }

  public int end(int i) {
    return ends[i];
  }

  public String spelling(int i) {
    return text.substring(starts[i], ends[i]);
  }

  public boolean gapBefore(int i) {
    return i > 0 && starts[i] > ends[i - 1];
  }

  /** The keyword or unquoted identifier at {@code i} in upper case, or "" for anything else. */
  public String word(int i) {
    if (i < 0 || i >= size || kinds[i] != WORD) {
      return "";
    }
    String known = words[i];
    if (known == null) {
      known = upper(spelling(i));
      words[i] = known;
    }
    return known;
  }

  public boolean is(int i, char symbol) {
    return i >= 0
        && i < size
        && kinds[i] == SYMBOL
        && ends[i] == starts[i] + 1
        && text.charAt(starts[i]) == symbol;
  }

  public boolean isSymbol(int i, String symbol) {
    return i >= 0
        && i < size
        && kinds[i] == SYMBOL
        && ends[i] - starts[i] == symbol.length()
        && text.startsWith(symbol, starts[i]);
  }

  public boolean isName(int i) {
    byte kind = kind(i);
    return i >= 0 && i < size && (kind == WORD || kind == QUOTED || kind == STRING_OR_NAME);
  }

  /** The index after the dotted name that starts at {@code i}. */
  public int nameEnd(int i) {
    int end = i + 1;
    while (is(end, '.') && isName(end + 1)) {
      end += 2;
    }
    return end;
  }

  /** The dotted name that starts at {@code i}. */
  public ObjectName name(int i) {
    int last = nameEnd(i) - 1;
    String name = part(last);
    String schema = last - 2 >= i ? part(last - 2) : null;
    String catalog = last - 4 >= i ? part(last - 4) : null;
    return new ObjectName(catalog, schema, name);
  }

  /** The identifier at {@code i} without its quotes, in the case in which the product keeps it. */
  public String part(int i) {
    String spelled = spelling(i);
    return identifier(syntax, spelled, kinds[i] == WORD);
  }

  public static String identifier(SqlSyntax syntax, String spelled, boolean bare) {
    String name;
    if (bare) {
      name =
          switch (syntax.nameCase()) {
            case LOWER -> lower(spelled);
            case UPPER -> spelled.toUpperCase(Locale.ENGLISH);
            case AS_SPELLED, UNSURE -> spelled;
          };
    } else {
      int open = 0;
      while (spelled.charAt(open) != '"' && spelled.charAt(open) != '`') {
        open++;
      }
      char quote = spelled.charAt(open);
      String twice = String.valueOf(quote) + quote;
      name =
          spelled
              .substring(open + 1, Math.max(open + 1, spelled.length() - 1))
              .replace(twice, String.valueOf(quote));
      if (open > 0) {
        name = Quotations.unicode(name);
      }
      if (quote == '`' && syntax.has(SyntaxTrait.BACKTICKS_FOLD)) {
        name = name.toUpperCase(Locale.ENGLISH);
      }
    }
    return cut(name, syntax.longestName());
  }

  private static String cut(String name, int longest) {
    if (name.length() <= longest / 4) {
      return name;
    }
    byte[] bytes = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    if (bytes.length <= longest) {
      return name;
    }
    int end = longest;
    while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(Arrays.copyOf(bytes, end), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** ASCII only, as every product folds keywords. */
  public static String upper(String s) {
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c >= 'a' && c <= 'z') {
        char[] all = s.toCharArray();
        for (int j = i; j < all.length; j++) {
          if (all[j] >= 'a' && all[j] <= 'z') {
            all[j] -= 32;
          }
        }
        return new String(all);
      }
    }
    return s;
  }

  public static String lower(String s) {
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        char[] all = s.toCharArray();
        for (int j = i; j < all.length; j++) {
          if (all[j] >= 'A' && all[j] <= 'Z') {
            all[j] += 32;
          }
        }
        return new String(all);
      }
    }
    return s;
  }
}
