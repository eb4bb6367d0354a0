package dev.larder.jdbc.internal.analysis;

import java.util.Arrays;
import java.util.Set;

/** What is known by name of functions and words where times are concerned. Constants only. */
final class TimeWords {

  // Where times of day take the current date.

  /** Functions that take a time of day as it is, and give no time. */
  static final Set<String> OF_TIMES =
      words(
          "HOUR MINUTE SECOND MICROSECOND NANOSECOND MILLISECOND TIME_TO_SEC TIME_FORMAT COUNT"
              + " ROW_NUMBER RANK DENSE_RANK NTILE CUME_DIST PERCENT_RANK CHAR_LENGTH LENGTH"
              + " CHARACTER_LENGTH OCTET_LENGTH CONCAT CONCAT_WS");

  /** Functions that give a time of day, of whatever they are given. */
  static final Set<String> GIVE_TIMES = words("TIMEDIFF SEC_TO_TIME MAKETIME TIME");

  /** Functions that give what they are given, or a number or a text of it. */
  static final Set<String> PASS_ON =
      words(
          "COALESCE IFNULL NULLIF NVL NVL2 IF CASEWHEN MIN MAX SUM AVG GREATEST LEAST LAG LEAD"
              + " FIRST_VALUE LAST_VALUE NTH_VALUE ANY_VALUE MEDIAN MODE LOWER UPPER LCASE UCASE"
              + " TRIM SUBSTRING SUBSTR ABS CEIL CEILING FLOOR ROUND GROUP_CONCAT ADDTIME SUBTIME"
              + " CARDINALITY ARRAY_AGG UNNEST MOD SIGN");

  /** Functions for which a time of day is one of the current date, or that give dates. */
  static final Set<String> TAKE_DATES =
      words(
          "ADD_MONTHS ADDDATE DATE DATE_ADD DATE_FORMAT DATE_SUB DATEDIFF DAY DAYNAME DAYOFMONTH"
              + " DAYOFWEEK DAYOFYEAR FROM_DAYS FROM_UNIXTIME LAST_DAY MAKEDATE MONTH MONTHNAME"
              + " PERIOD_ADD PERIOD_DIFF QUARTER SUBDATE TIMESTAMPADD TIMESTAMPDIFF TO_DAYS"
              + " TO_SECONDS WEEK WEEKDAY WEEKOFYEAR YEAR YEARWEEK TRUNC TRUNCATE TO_CHAR"
              + " CONVERT_TZ UNIX_TIMESTAMP TIMESTAMP DATETIME DATEADD DATETRUNC DATE_TRUNC"
              + " DAY_OF_MONTH DAY_OF_WEEK ISO_DAY_OF_WEEK DAY_OF_YEAR ISO_WEEK ISO_YEAR"
              + " FORMATDATETIME DATE_PART TO_DATE TO_TIMESTAMP TO_TIMESTAMP_TZ EPOCH"
              + " TIMEZONE_HOUR TIMEZONE_MINUTE");

  /** Functions that may give a date or a time of day. */
  static final Set<String> GIVE_ANY =
      words("STR_TO_DATE PARSEDATETIME COLUMN_GET JSON_TABLE TABLE ARRAY_GET");

  /** Fields of EXTRACT that every time of day has. */
  static final Set<String> FIELDS_OF_TIMES =
      words("HOUR MINUTE SECOND MICROSECOND MILLISECOND NANOSECOND HOUR_MINUTE HOUR_SECOND");

  // Where texts may name the current time.

  /** Functions that give no text, of whatever they are given. */
  static final Set<String> GIVE_NO_TEXT =
      words(
          "COUNT DATE_TRUNC DATE_BIN DATE_PART EXTRACT TO_DATE TO_TIMESTAMP MAKE_DATE MAKE_TIME"
              + " MAKE_TIMESTAMP MAKE_TIMESTAMPTZ MAKE_INTERVAL AGE JUSTIFY_DAYS JUSTIFY_HOURS"
              + " JUSTIFY_INTERVAL GENERATE_SERIES LENGTH CHAR_LENGTH OCTET_LENGTH ROW_NUMBER RANK"
              + " DENSE_RANK NTILE SUM AVG DATE_ADD DATE_SUBTRACT TIMEZONE ISFINITE BOOL_AND"
              + " BOOL_OR EVERY EXISTS CARDINALITY ARRAY_LENGTH DATERANGE TSRANGE TSTZRANGE"
              + " INT4RANGE INT8RANGE NUMRANGE FLOOR CEIL TRUNC");

  /** Functions that give one of what they are given, or a part of it. */
  static final Set<String> GIVE_THE_SAME =
      words(
          "COALESCE NULLIF GREATEST LEAST MIN MAX LAG LEAD FIRST_VALUE LAST_VALUE NTH_VALUE"
              + " ANY_VALUE UNNEST ARRAY_AGG LOWER UPPER ABS ROUND ARRAY MODE PERCENTILE_DISC");

  /** Functions that make a record of any type of a document. */
  static final Set<String> MAKE_RECORDS =
      words(
          "JSON_POPULATE_RECORD JSON_POPULATE_RECORDSET JSONB_POPULATE_RECORD"
              + " JSONB_POPULATE_RECORDSET POPULATE_RECORD JSONB_POPULATE_RECORD_VALID");

  // Everywhere.

  /** Functions whose arguments may name a type. */
  static final Set<String> NAME_TYPES =
      words(
          "JSON_TABLE XMLTABLE JSON_VALUE JSON_QUERY JSON_SERIALIZE JSON_OBJECT JSON_ARRAY"
              + " JSON_OBJECTAGG JSON_ARRAYAGG XMLSERIALIZE TREAT");

  /** Words that stand for no value. */
  static final Set<String> NO_VALUES =
      words(
          "AND OR XOR NOT IS NULL TRUE FALSE UNKNOWN IN LIKE ILIKE RLIKE REGEXP BETWEEN SYMMETRIC"
              + " ASYMMETRIC ESCAPE DISTINCT ALL ANY SOME AS ASC DESC NULLS BY USING FROM TO FOR"
              + " WHEN THEN ELSE END WHERE SELECT ARRAY ROW EXISTS BINARY DIV SIMILAR ISNULL"
              + " NOTNULL ORDER GROUP WITHIN LIMIT OFFSET SEPARATOR HAVING PARTITION UNION ON"
              + " INTERVAL DISTINCTROW SQL_NO_CACHE SQL_CACHE STRAIGHT_JOIN DEFAULT VALUES LATERAL"
              + " IGNORE RESPECT");

  /** Words behind which no alias can stand. */
  static final Set<String> BEFORE_VALUES =
      words(
          "AND OR XOR NOT IS IN LIKE ILIKE RLIKE REGEXP BETWEEN ESCAPE DISTINCT ALL ANY SOME BY"
              + " USING FROM TO FOR WHEN THEN ELSE WHERE SELECT DIV BINARY SIMILAR COLLATE MOD"
              + " INTERVAL ZONE DISTINCTROW SQL_NO_CACHE SQL_CACHE STRAIGHT_JOIN CASE");

  /** Words that end a join's condition. */
  static final Set<String> JOINS = words("JOIN STRAIGHT_JOIN INNER CROSS NATURAL");

  /** Words of a list of tables that name no table and no alias. */
  static final Set<String> IN_LISTS_OF_TABLES =
      words(
          "JOIN STRAIGHT_JOIN INNER CROSS NATURAL LEFT RIGHT FULL OUTER LATERAL ONLY ON USING OJ"
              + " AS WITH ORDINALITY TABLESAMPLE");

  private TimeWords() {}

  static Set<String> words(String spaced) {
    return Set.copyOf(Arrays.asList(spaced.split(" +")));
  }
}
