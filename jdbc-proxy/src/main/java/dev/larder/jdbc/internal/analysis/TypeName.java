package dev.larder.jdbc.internal.analysis;

import java.util.Set;

/**
 * A type that a text converts a value to. Immutable.
 *
 * @param name in lower case
 * @param end the index after it
 */
record TypeName(Kind kind, String name, int end) {

  /** What is known of a type by its name. */
  enum Kind {
    TIME,
    ZONED_TIME,
    /** A date or a time-stamp, or a range of them. */
    DATE,
    TEXT,
    /** A built-in type that has nothing to do with texts and times. */
    OTHER,
    /** Nothing. */
    UNKNOWN
  }

  private static final Set<String> DATES =
      TimeWords.words(
          "date datetime timestamp timestamptz year smalldatetime datetime2 tsrange tstzrange"
              + " daterange tsmultirange tstzmultirange datemultirange abstime reltime");

  private static final Set<String> TEXTS =
      TimeWords.words(
          "text varchar char character bpchar name json jsonb xml unknown nchar national enum"
              + " tinytext mediumtext longtext varchar2 nvarchar varchar_ignorecase clob string"
              + " longvarchar cstring anyelement anyarray record");

  private static final Set<String> OTHERS =
      TimeWords.words(
          "int2 int4 int8 smallint integer int bigint tinyint mediumint numeric decimal dec number"
              + " real float float4 float8 double bool boolean uuid bytea bit varbit money inet"
              + " cidr macaddr macaddr8 oid regclass regproc regprocedure regoper regoperator"
              + " regtype regrole regnamespace regconfig regdictionary regcollation interval point"
              + " line lseg box path polygon circle tsvector tsquery int4range int8range numrange"
              + " int4multirange int8multirange nummultirange signed unsigned binary varbinary"
              + " blob xid xid8 cid tid pg_lsn jsonpath serial bigserial geometry vector inet4"
              + " inet6 decfloat java_object other");

  static TypeName read(Tokens tokens, int i, int to) {
    int end = Math.min(tokens.nameEnd(i), to);
    if (i >= to || !tokens.isName(i)) {
      return new TypeName(Kind.UNKNOWN, "?", Math.min(i + 1, to));
    }
    ObjectName spelled = tokens.name(i);
    String name = Tokens.lower(spelled.name());
    boolean builtIn = spelled.schema() == null || spelled.schema().equals("pg_catalog");
    Kind kind = builtIn ? kind(name) : Kind.UNKNOWN;
    switch (name) {
      case "double", "character", "bit", "national", "char", "nchar", "signed", "unsigned" -> {
        while (isWord(tokens, end, "PRECISION", "VARYING", "LARGE", "OBJECT", "CHARACTER", "CHAR")
            || isWord(tokens, end, "INTEGER", "INT")) {
          end++;
        }
      }
      default -> {}
    }
    end = afterModifiers(tokens, end);
    if ((name.equals("time") || name.equals("timestamp"))
        && isWord(tokens, end, "WITH", "WITHOUT")
        && (isWord(tokens, end + 1, "TIME", "LOCAL"))) {
      boolean zoned = tokens.word(end).equals("WITH");
      end += tokens.word(end + 1).equals("LOCAL") ? 4 : 3;
      kind = name.equals("time") && zoned ? Kind.ZONED_TIME : kind;
    } else if (name.equals("interval")) {
      while (isWord(tokens, end, "YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "TO")) {
        end = afterModifiers(tokens, end + 1);
      }
    }
    return new TypeName(kind, name, Math.min(afterModifiers(tokens, end), to));
  }

  private static boolean isWord(Tokens tokens, int i, String... words) {
    String word = tokens.word(i);
    for (String each : words) {
      if (word.equals(each)) {
        return true;
      }
    }
    return false;
  }

  /** What follows {@code (3)}, {@code []}, {@code [3]} and {@code ARRAY}. */
  private static int afterModifiers(Tokens tokens, int i) {
    int end = i;
    while (tokens.is(end, '(') || tokens.is(end, '[') || tokens.word(end).equals("ARRAY")) {
      if (tokens.word(end).equals("ARRAY")) {
        end++;
        continue;
      }
      char closing = tokens.is(end, '(') ? ')' : ']';
      int at = end + 1;
      while (at < tokens.size && !tokens.is(at, closing)) {
        at++;
      }
      end = at + 1;
    }
    return end;
  }

  /** Of a name in lower case, which is no other's than the product's. */
  static Kind kind(String name) {
    String plain = name.startsWith("_") ? name.substring(1) : name;
    if (plain.equals("time")) {
      return Kind.TIME;
    } else if (plain.equals("timetz")) {
      return Kind.ZONED_TIME;
    } else if (DATES.contains(plain)) {
      return Kind.DATE;
    } else if (TEXTS.contains(plain)) {
      return Kind.TEXT;
    }
    return OTHERS.contains(plain) ? Kind.OTHER : Kind.UNKNOWN;
  }

  boolean isTime() {
    return kind == Kind.TIME || kind == Kind.DATE;
  }
}
