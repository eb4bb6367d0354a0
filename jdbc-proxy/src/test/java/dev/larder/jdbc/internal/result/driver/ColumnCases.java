package dev.larder.jdbc.internal.result.driver;

import java.util.List;
import java.util.stream.Stream;

/** Column types of each product, with values as SQL literals that are hard for them. */
public final class ColumnCases {

  /**
   * One column type.
   *
   * @param type as in CREATE TABLE
   * @param literals the values; NULL is added to each
   */
  public record Case(String type, List<String> literals) {
    static Case of(String type, String... literals) {
      return new Case(type, List.of(literals));
    }
  }

  private static final String[] TEXTS = {
    "''",
    "'plain'",
    "'42'",
    "' 7 '",
    "'-1.5'",
    "'1e3'",
    "'300'",
    "'99999999999999999999'",
    "'t'",
    "'true'",
    "'no'",
    "'0'",
    "'1'",
    "'NaN'",
    "'2024-02-29'",
    "'2024-02-29 12:34:56.789'",
    "'12:34:56'",
    "'2024-03-31 02:30:00'",
    "'ünïcödé'",
    "'日本語 😀'",
    "'f47ac10b-58cc-4372-a567-0e02b2c3d479'",
    "'http://localhost/a'"
  };

  private static final String[] SHORT_TEXTS = {"''", "'a'", "'1'", "'ü'", "'日本'"};

  private static final String[] TIMES = {
    "'00:00:00'", "'01:02:03'", "'23:59:59'", "'12:34:56.789'", "'12:34:56.000001'"
  };

  private static final String[] DATES = {
    "'2024-02-29'",
    "'1970-01-01'",
    "'1582-10-04'",
    "'1582-10-15'",
    "'1500-06-01'",
    "'0001-01-01'",
    "'9999-12-31'",
    "'2024-03-31'",
    "'1893-04-01'"
  };

  private static final String[] MOMENTS = {
    "'2024-02-29 12:34:56'",
    "'2024-02-29 12:34:56.789'",
    "'2024-02-29 12:34:56.123456'",
    "'1970-01-01 00:00:00'",
    "'1969-12-31 23:59:59.999999'",
    "'2024-03-31 02:30:00'",
    "'2024-10-27 02:30:00'",
    "'1582-10-04 01:00:00'",
    "'1500-06-01 10:11:12'",
    "'9999-12-31 23:59:59'",
    "'1893-03-31 23:59:00'"
  };

  private static final String[] DECIMALS = {
    "0", "1", "-1", "1.50", "-123.45", "0.01", "127", "128", "32768", "2147483648"
  };

  private static final String[] FLOATS = {
    "0", "1", "-1", "1.5", "100000", "1e20", "-1e-7", "0.1", "3e9", "123456.789"
  };

  private ColumnCases() {}

  private static String[] and(String[] first, String... more) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }

  public static List<Case> postgres() {
    return List.of(
        Case.of("int2", "0", "1", "-1", "127", "128", "-32768", "32767"),
        Case.of("int4", "0", "1", "-1", "127", "300", "40000", "-2147483648", "2147483647"),
        Case.of("serial", "1", "2"),
        Case.of(
            "int8", "0", "1", "-1", "2147483648", "-9223372036854775808", "9223372036854775807"),
        Case.of("float4", and(FLOATS, "'NaN'", "'Infinity'", "'-Infinity'", "3.4e38", "1e-45")),
        Case.of(
            "float8",
            and(FLOATS, "'NaN'", "'Infinity'", "'-Infinity'", "1.7e308", "5e-324", "1e15")),
        Case.of("numeric", and(DECIMALS, "1e30", "123456789012345678901234.5", "0.000000000001")),
        Case.of("numeric", and(DECIMALS, "'NaN'", "'Infinity'", "'-Infinity'")),
        Case.of("numeric(14,3)", DECIMALS),
        Case.of("numeric(30)", "0", "123456789012345678901234567890", "-5"),
        Case.of("bool", "true", "false"),
        Case.of("text", TEXTS),
        Case.of("varchar(60)", TEXTS),
        Case.of("char(5)", SHORT_TEXTS),
        Case.of("name", "'a'", "'1'"),
        Case.of("mood", "'sad'", "'happy'"),
        Case.of("uuid", "'f47ac10b-58cc-4372-a567-0e02b2c3d479'"),
        Case.of("json", "'{\"a\": [1, 2]}'", "'1'"),
        Case.of("jsonb", "'{\"a\": [1, 2]}'", "'true'"),
        Case.of("bytea", "''", "'\\x00'", "'\\xdeadbeef'", "'\\x31'"),
        Case.of(
            "date", and(DATES, "'0044-03-15 BC'", "'infinity'", "'-infinity'", "'20240-01-01'")),
        Case.of("time", and(TIMES, "'24:00:00'")),
        Case.of("timetz", "'12:34:56+02'", "'00:00:00+00'", "'23:59:59.5-08:30'"),
        Case.of("timetz", "'24:00:00+00'"),
        Case.of("timestamp", MOMENTS),
        Case.of("timestamp", and(MOMENTS, "'0044-03-15 01:02:03 BC'", "'infinity'", "'-infinity'")),
        Case.of("timestamp(0)", "'2024-02-29 12:34:56'"),
        Case.of("timestamptz", MOMENTS),
        Case.of("timestamptz", "'2024-02-29 12:34:56+05:30'", "'2024-10-27 00:30:00+00'"),
        Case.of("timestamptz", and(MOMENTS, "'0044-03-15 01:02:03 BC'", "'infinity'")),
        Case.of("interval", "'1 day'", "'1 year 2 mons -3 days 04:05:06.7'", "'0'"),
        Case.of("inet", "'10.0.0.1'", "'10.0.0.0/8'", "'::1'"),
        Case.of("money", "12.5", "-1"),
        Case.of("bit(1)", "B'1'", "B'0'"),
        Case.of("bit(4)", "B'1010'"),
        Case.of("xml", "'<a>1</a>'"),
        Case.of("int2[]", "'{1,-2,NULL}'", "'{}'"),
        Case.of(
            "int4[]",
            "'{1,2,NULL}'",
            "'{}'",
            "'{1}'",
            "'{NULL}'",
            "'{{1,2},{3,4}}'",
            "'[0:1]={7,8}'",
            "'{{{1},{2}},{{3},{NULL}}}'"),
        Case.of("int8[]", "'{1,9223372036854775807,NULL}'", "'{}'"),
        Case.of("oid[]", "'{1,2}'"),
        Case.of("float4[]", "'{1,1.5,-0,NaN,Infinity,1e20,NULL}'", "'{}'"),
        Case.of("float8[]", "'{1,1.5,-0,NaN,-Infinity,1e20,0.1,NULL}'", "'{}'"),
        Case.of("numeric[]", "'{1,1.50,-123.45,1e30,NULL}'", "'{}'"),
        Case.of("numeric(10,2)[]", "'{1,1.5}'"),
        Case.of("bool[]", "'{t,f,NULL}'"),
        Case.of(
            "text[]",
            "'{a,\"b c\",NULL}'",
            "'{}'",
            "array['', 'null', 'a\"b', 'a\\b', '{x}', 'a,b', ' ', '日本', E'a\nb']",
            "'{{a,b},{c,NULL}}'",
            "'{1,2}'"),
        Case.of("varchar(20)[]", "'{a,\"b c\",NULL,\"NULL\"}'", "'{{a},{b}}'"),
        Case.of("char(3)[]", "'{a,NULL}'"),
        Case.of("name[]", "'{a,b}'"),
        Case.of("mood[]", "'{sad,happy,NULL}'"),
        Case.of("uuid[]", "'{f47ac10b-58cc-4372-a567-0e02b2c3d479,NULL}'", "'{}'"),
        Case.of("bytea[]", "array['\\x00ff'::bytea, ''::bytea, null]"),
        Case.of("date[]", "'{2024-02-29,1500-06-01,NULL}'"),
        Case.of("time[]", "'{12:34:56.789,NULL}'"),
        Case.of("timestamp[]", "'{\"2024-03-31 02:30:00.123456\",NULL}'"),
        Case.of("timestamptz[]", "'{\"2024-10-27 02:30:00+02\",NULL}'"),
        Case.of("json[]", "array['{\"a\": 1}'::json]"),
        Case.of("interval[]", "'{1 day}'"),
        Case.of("money[]", "'{1}'"),
        Case.of("positive[]", "'{1,2}'"),
        Case.of("oid", "0", "1"),
        Case.of("point", "'(0,0)'", "'(0,1.5)'", "'(1,2)'", "'(0.1,-2e10)'"),
        Case.of("box", "'(0,0),(0,0)'", "'(0,2),(-1,0)'", "'(1,2),(0,0.1)'"),
        Case.of("line", "'{1,2,3}'"),
        Case.of("lseg", "'[(1,2),(3.5,4)]'"),
        Case.of("path", "'((0,0),(1,1.5))'", "'[(0,0),(1,1)]'"),
        Case.of("polygon", "'((0,0),(1,1.5),(2,0))'"),
        Case.of("circle", "'<(1,2),3.5>'"),
        Case.of("point[]", "array[point '(1,2)', null]", "'{}'"),
        Case.of("box[]", "'{(1,2),(0,0);(3,4),(1,1)}'"),
        Case.of("hstore", "'a=>1, \"b c\"=>NULL'", "''", "'k=>\"x\\\"y\"'"),
        Case.of("hstore[]", "array['a=>1'::hstore, null]"),
        Case.of("pair", "'(1,x)'", "row(null, 'a \"b\", (c)')::pair", "'(,)'"),
        Case.of("pair[]", "array[row(1, 'x')::pair, null]"),
        Case.of("int4range", "'[1,5)'", "'empty'", "'(,)'"),
        Case.of("numrange", "'(1.5,2.50]'"),
        Case.of("tsrange", "'[2024-01-01 10:00,2024-03-31 02:30)'"),
        Case.of("daterange", "'[2024-01-01,)'"),
        Case.of("int4multirange", "'{[1,2),[5,7)}'"),
        Case.of("int4range[]", "'{\"[1,2)\",NULL}'"),
        Case.of("cidr", "'10.0.0.0/8'", "'::/0'"),
        Case.of("macaddr", "'08:00:2b:01:02:03'"),
        Case.of("macaddr8", "'08:00:2b:01:02:03:04:05'"),
        Case.of("inet[]", "'{10.0.0.1,NULL}'"),
        Case.of("varbit(8)", "B'1'", "B'10101'", "B''"),
        Case.of("bit(4)[]", "array[B'1010']"),
        Case.of("jsonb[]", "array['{\"a\": 1}'::jsonb, null]"),
        Case.of("xml[]", "array['<a/>'::xml]"),
        Case.of("timetz[]", "'{12:34:56+02}'"),
        Case.of("tsquery", "'a & b'"),
        Case.of("jsonpath", "'$.a'"),
        Case.of("pg_lsn", "'16/B374D848'"),
        Case.of("\"char\"", "'a'", "'1'"),
        Case.of("positive", "1", "200"),
        Case.of("tsvector", "'a b'"));
  }

  public static List<Case> h2() {
    return List.of(
        Case.of("tinyint", "0", "1", "-128", "127"),
        Case.of("smallint", "0", "1", "-32768", "32767", "300"),
        Case.of("integer", "0", "1", "-2147483648", "2147483647", "300", "40000"),
        Case.of("bigint", "0", "1", "9223372036854775807", "-9223372036854775808"),
        Case.of("numeric(14,3)", DECIMALS),
        Case.of("numeric(40,0)", "0", "1234567890123456789012345678901234567890"),
        Case.of("decimal(10,2)", "0", "1.5"),
        Case.of("real", FLOATS),
        Case.of("real", "cast('NaN' as real)", "cast('Infinity' as real)"),
        Case.of("double precision", FLOATS),
        Case.of("double precision", "cast('NaN' as double precision)", "1.7e308"),
        Case.of("float(20)", "0", "1.5"),
        Case.of("decfloat", and(DECIMALS, "1e100", "cast('NaN' as decfloat)")),
        Case.of("boolean", "true", "false"),
        Case.of("character(5)", SHORT_TEXTS),
        Case.of("varchar(60)", TEXTS),
        Case.of("varchar", TEXTS),
        Case.of("varchar_ignorecase", TEXTS),
        Case.of("clob", TEXTS),
        Case.of("binary(4)", "X'00010203'", "X'31323334'"),
        Case.of("varbinary(20)", "X''", "X'00'", "X'3432'", "X'0000000000000001'"),
        Case.of("blob", "X''", "X'0001'", "X'3432'"),
        Case.of("uuid", "'f47ac10b-58cc-4372-a567-0e02b2c3d479'"),
        Case.of("date", and(DATES, "'-0044-03-15'", "'20240-01-01'")),
        Case.of("time", "'00:00:00'", "'01:02:03'", "'23:59:59'"),
        Case.of("time(9)", and(TIMES, "'12:34:56.123456789'")),
        Case.of("time with time zone", "'12:34:56+02'", "'00:00:00Z'"),
        Case.of("timestamp", and(MOMENTS, "'-0044-03-15 01:02:03'")),
        Case.of("timestamp(9)", "'2024-02-29 12:34:56.123456789'"),
        Case.of("timestamp with time zone", MOMENTS),
        Case.of("timestamp with time zone", "'2024-02-29 12:34:56+05:30'"),
        Case.of("enum('sad', 'happy')", "'sad'", "'happy'"),
        Case.of("json", "JSON '{\"a\": [1, 2]}'", "JSON '1'", "JSON 'true'"),
        Case.of("interval year", "INTERVAL '3' YEAR"),
        Case.of("interval day to second", "INTERVAL '1 02:03:04.5' DAY TO SECOND"),
        Case.of("integer array", "ARRAY[1, 2, NULL]", "ARRAY[]", "ARRAY[7]", "ARRAY[NULL]"),
        Case.of("integer array[5]", "ARRAY[1, 2]"),
        Case.of("bigint array", "ARRAY[1, 9223372036854775807, NULL]"),
        Case.of("smallint array", "ARRAY[1, -1]"),
        Case.of("varchar(20) array", "ARRAY['a', '', NULL, 'b\"c']", "ARRAY['2024-02-29']"),
        Case.of("char(3) array", "ARRAY['a', NULL]"),
        Case.of("boolean array", "ARRAY[TRUE, FALSE, NULL]"),
        Case.of("numeric(10, 2) array", "ARRAY[1, 1.5, NULL]"),
        Case.of("double precision array", "ARRAY[1, 1.5, NULL]"),
        Case.of("real array", "ARRAY[1, 1.5]"),
        Case.of("uuid array", "ARRAY['f47ac10b-58cc-4372-a567-0e02b2c3d479', NULL]"),
        Case.of("varbinary(20) array", "ARRAY[X'00ff', X'']"),
        Case.of("date array", "ARRAY[DATE '2024-02-29', DATE '1500-06-01']"),
        Case.of("timestamp array", "ARRAY[TIMESTAMP '2024-03-31 02:30:00']"),
        Case.of("timestamp with time zone array", "ARRAY[TIMESTAMP '2024-03-31 02:30:00']"),
        Case.of("integer array array", "ARRAY[ARRAY[1, 2], ARRAY[3], NULL]"),
        Case.of("clob array", "ARRAY['a']"),
        Case.of("interval day array", "ARRAY[INTERVAL '3' DAY, NULL]"),
        Case.of("geometry", "'POINT (1 2)'", "'SRID=4326;POLYGON ((0 0, 1 1, 1 0, 0 0))'"),
        Case.of("geometry(point)", "'POINT (1.5 2)'"),
        Case.of("geometry array", "ARRAY[GEOMETRY 'POINT (1 2)', NULL]"),
        Case.of("row(a integer, b varchar(5))", "ROW(1, 'x')"),
        Case.of("java_object", "X'00'"));
  }

  /** MariaDB's. */
  public static List<Case> maria() {
    return List.of(
        Case.of("tinyint", "0", "1", "-128", "127"),
        Case.of("tinyint unsigned", "0", "1", "255"),
        Case.of("tinyint(1)", "0", "1", "2"),
        Case.of("boolean", "true", "false"),
        Case.of("smallint", "0", "1", "-32768", "32767", "300"),
        Case.of("smallint unsigned", "0", "65535"),
        Case.of("mediumint", "0", "-8388608", "8388607"),
        Case.of("mediumint unsigned", "0", "16777215"),
        Case.of("int", "0", "1", "-2147483648", "2147483647", "300", "40000"),
        Case.of("int unsigned", "0", "4294967295"),
        Case.of("int(5) zerofill", "0", "42"),
        Case.of("bigint", "0", "1", "9223372036854775807", "-9223372036854775808"),
        Case.of("bigint unsigned", "0", "18446744073709551615"),
        Case.of("decimal(14,3)", DECIMALS),
        Case.of("decimal(14,3) unsigned", "0", "1.5"),
        Case.of("decimal(40)", "0", "1234567890123456789012345678901234567890"),
        Case.of("float", FLOATS),
        Case.of("double", and(FLOATS, "1.7e308")),
        Case.of("double(10,2)", "1", "1.5"),
        Case.of("bit(1)", "b'0'", "b'1'"),
        Case.of("bit(12)", "b'0'", "b'101010101010'"),
        Case.of("char(5)", SHORT_TEXTS),
        Case.of("varchar(60)", TEXTS),
        Case.of("tinytext", TEXTS),
        Case.of("text", TEXTS),
        Case.of("mediumtext", TEXTS),
        Case.of("longtext", TEXTS),
        Case.of("enum('sad', 'happy')", "'sad'", "'happy'"),
        Case.of("set('a', 'b')", "''", "'a'", "'a,b'"),
        Case.of("json", "'{\"a\": [1, 2]}'", "'1'"),
        Case.of("date", DATES),
        Case.of("date", "'0000-00-00'"),
        Case.of("time", "'00:00:00'", "'01:02:03'", "'-01:02:03'", "'838:59:59'"),
        Case.of("time(6)", TIMES),
        Case.of("datetime", "'2024-02-29 12:34:56'", "'2024-03-31 02:30:00'"),
        Case.of("datetime(6)", MOMENTS),
        Case.of("datetime(6)", "'0000-00-00 00:00:00'"),
        Case.of("datetime(3)", "'2024-02-29 12:34:56.789'", "'2024-02-29 12:34:56.100'"),
        Case.of("timestamp", "'2024-02-29 12:34:56'", "'1970-01-02 00:00:00'"),
        Case.of("timestamp(6)", "'2024-02-29 12:34:56.123456'"),
        Case.of("year", "0", "1999", "2155"),
        Case.of("binary(4)", "X'00010203'", "X'31323334'"),
        Case.of("varbinary(20)", "X''", "X'00'", "X'3432'"),
        Case.of("tinyblob", "X''", "X'0001'"),
        Case.of("blob", "X''", "X'0001'", "X'3432'"),
        Case.of("mediumblob", "X''", "X'0001'"),
        Case.of("longblob", "X''", "X'0001'"),
        Case.of("uuid", "'f47ac10b-58cc-4372-a567-0e02b2c3d479'"),
        Case.of("inet4", "'10.0.0.1'"),
        Case.of("inet6", "'::1'"),
        Case.of("inet6", "'2001:db8::ff00:42:8329'"),
        Case.of("point", "PointFromText('POINT(1 2)')", "PointFromText('POINT(1.5 2)', 4326)"),
        Case.of("linestring", "ST_GeomFromText('LINESTRING(0 0,1 1.5)')"),
        Case.of("polygon", "ST_GeomFromText('POLYGON((0 0,1 1,1 0,0 0))')"),
        Case.of("multipoint", "ST_GeomFromText('MULTIPOINT(0 0,1 1)')"),
        Case.of("multilinestring", "ST_GeomFromText('MULTILINESTRING((0 0,1 1),(2 2,3 3))')"),
        Case.of("multipolygon", "ST_GeomFromText('MULTIPOLYGON(((0 0,1 1,1 0,0 0)))')"),
        Case.of("geometrycollection", "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 2))')"),
        Case.of(
            "geometry", "ST_GeomFromText('POINT(1 2)')", "ST_GeomFromText('LINESTRING(0 0,1 1)')"));
  }

  /** MySQL's. */
  public static List<Case> mysql() {
    return List.of(
        Case.of("tinyint", "0", "1", "-128", "127"),
        Case.of("tinyint unsigned", "0", "1", "255"),
        Case.of("tinyint(1)", "0", "1", "2"),
        Case.of("boolean", "true", "false"),
        Case.of("smallint", "0", "1", "-32768", "32767", "300"),
        Case.of("smallint unsigned", "0", "65535"),
        Case.of("mediumint", "0", "-8388608", "8388607"),
        Case.of("mediumint unsigned", "0", "16777215"),
        Case.of("int", "0", "1", "-2147483648", "2147483647", "300", "40000"),
        Case.of("int unsigned", "0", "4294967295"),
        Case.of("int(5) zerofill", "0", "42"),
        Case.of("bigint", "0", "1", "9223372036854775807", "-9223372036854775808"),
        Case.of("bigint unsigned", "0", "18446744073709551615"),
        Case.of("decimal(14,3)", DECIMALS),
        Case.of("decimal(14,3) unsigned", "0", "1.5"),
        Case.of("decimal(40)", "0", "1234567890123456789012345678901234567890"),
        Case.of("float", FLOATS),
        Case.of("double", and(FLOATS, "1.7e308")),
        Case.of("double(10,2)", "1", "1.5"),
        Case.of("bit(1)", "b'0'", "b'1'"),
        Case.of("bit(12)", "b'0'", "b'101010101010'"),
        Case.of("char(5)", SHORT_TEXTS),
        Case.of("varchar(60)", TEXTS),
        Case.of("tinytext", TEXTS),
        Case.of("text", TEXTS),
        Case.of("mediumtext", TEXTS),
        Case.of("longtext", TEXTS),
        Case.of("enum('sad', 'happy')", "'sad'", "'happy'"),
        Case.of("set('a', 'b')", "''", "'a'", "'a,b'"),
        Case.of("json", "'{\"a\": [1, 2]}'", "'1'"),
        Case.of("date", DATES),
        Case.of("date", "'0000-00-00'"),
        Case.of("time", "'00:00:00'", "'01:02:03'", "'-01:02:03'", "'838:59:59'"),
        Case.of("time(6)", TIMES),
        Case.of("datetime", "'2024-02-29 12:34:56'", "'2024-03-31 02:30:00'"),
        Case.of("datetime(6)", MOMENTS),
        Case.of("datetime(6)", "'0000-00-00 00:00:00'"),
        Case.of("datetime(3)", "'2024-02-29 12:34:56.789'", "'2024-02-29 12:34:56.100'"),
        Case.of("timestamp", "'2024-02-29 12:34:56'", "'1970-01-02 00:00:00'"),
        Case.of("timestamp(6)", "'2024-02-29 12:34:56.123456'"),
        Case.of("year", "0", "1999", "2155"),
        Case.of("binary(4)", "X'00010203'", "X'31323334'"),
        Case.of("varbinary(20)", "X''", "X'00'", "X'3432'"),
        Case.of("tinyblob", "X''", "X'0001'"),
        Case.of("blob", "X''", "X'0001'", "X'3432'"),
        Case.of("mediumblob", "X''", "X'0001'"),
        Case.of("longblob", "X''", "X'0001'"),
        Case.of(
            "point", "ST_PointFromText('POINT(1 2)')", "ST_PointFromText('POINT(1.5 2)', 4326)"),
        Case.of("linestring", "ST_GeomFromText('LINESTRING(0 0,1 1.5)')"),
        Case.of("polygon", "ST_GeomFromText('POLYGON((0 0,1 1,1 0,0 0))')"),
        Case.of("multipoint", "ST_GeomFromText('MULTIPOINT(0 0,1 1)')"),
        Case.of("multilinestring", "ST_GeomFromText('MULTILINESTRING((0 0,1 1),(2 2,3 3))')"),
        Case.of("multipolygon", "ST_GeomFromText('MULTIPOLYGON(((0 0,1 1,1 0,0 0)))')"),
        Case.of("geometrycollection", "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 2))')"),
        Case.of(
            "geometry", "ST_GeomFromText('POINT(1 2)')", "ST_GeomFromText('LINESTRING(0 0,1 1)')"));
  }
}
