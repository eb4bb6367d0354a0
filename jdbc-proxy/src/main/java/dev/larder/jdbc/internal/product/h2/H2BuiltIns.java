package dev.larder.jdbc.internal.product.h2;

import dev.larder.jdbc.internal.catalog.BuiltIns;
import java.util.Set;

/** What Larder knows by heart of H2's functions. Immutable and thread-safe. */
final class H2BuiltIns {

  static final BuiltIns ALL =
      new BuiltIns(
          Set.of("information_schema", "pg_catalog"),
          Set.of(),
          BuiltIns.names(
              "coalesce nullif greatest least cast extract trim substring position exists any all",
              "some array row grouping case in values interval over filter within unique",
              "json_object json_array json_objectagg json_arrayagg json_value json_query",
              "json_exists is_json cube rollup sets using on"),
          BuiltIns.names(
              // what is in the key
              "current_user session_user user current_role current_schema schema current_catalog",
              "current_database database current_path",
              // numbers
              "abs acos asin atan cos cosh cot sin sinh tan tanh atan2 bitand bitget bitnot bitor",
              "bitxor bitnand bitnor bitxnor bitcount lshift rshift ulshift urshift rotateleft",
              "rotateright mod ceil ceiling degrees exp floor ln log log10 ora_hash radians sqrt",
              "pi power round sign trunc truncate zero compress expand hash roundmagic",
              // text
              "ascii bit_length length char_length character_length octet_length char concat",
              "concat_ws difference hextoraw insert instr lower upper lcase ucase left right"
                  + " locate",
              "lpad rpad btrim ltrim rtrim rawtohex regexp_replace regexp_like regexp_substr"
                  + " repeat",
              "replace soundex space stringdecode stringencode stringtoutf8 substr to_char",
              "translate utf8tostring quote_ident xmlattr xmlnode xmlcomment xmlcdata",
              "xmlstartdoc xmltext initcap quotename",
              // dates and times
              "dateadd timestampadd datediff timestampdiff datetrunc date_trunc last_day dayname",
              "day_of_month day_of_week iso_day_of_week day_of_year hour minute month monthname",
              "quarter second week iso_week year iso_year formatdatetime parsedatetime",
              "date_part day dayofmonth dayofweek dayofyear to_date to_timestamp to_timestamp_tz",
              "epoch millisecond microsecond nanosecond timezone_hour timezone_minute date time",
              "timestamp",
              // arrays and the rest
              "array_get cardinality array_contains array_cat array_append array_max_cardinality",
              "trim_array array_slice casewhen decode convert ifnull nvl nvl2 isnull if nullifzero",
              "unnest table system_range",
              // aggregates and windows
              "avg max min sum count every bool_and bool_or bit_and_agg bit_or_agg bit_xor_agg",
              "bit_and bit_or bit_xor any_value envelope covar_pop covar_samp corr stddev_pop",
              "stddev_samp stddev stdev stddevp var_pop var_samp variance var regr_slope",
              "regr_intercept regr_count regr_r2 regr_avgx regr_avgy regr_sxx regr_syy regr_sxy",
              "listagg group_concat string_agg array_agg median mode percentile_cont",
              "percentile_disc rank dense_rank percent_rank cume_dist row_number ntile lead lag",
              "first_value last_value nth_value ratio_to_report gcd_agg lcm_agg gcd lcm"),
          BuiltIns.names(
              "current_date current_time current_timestamp localtime localtimestamp now curdate",
              "curtime sysdate systimestamp today getdate unix_timestamp utc_date utc_time",
              "utc_timestamp rand random random_uuid newid sys_guid uuid secure_rand",
              "nextval currval lastval last_insert_id identity scope_identity transaction_id",
              "session_id lock_timeout lock_mode memory_free memory_used h2version version"
                  + " autocommit",
              "cancel_session abort_session database_path estimated_envelope rownum",
              "disk_space_used data_type_sql db_object_id db_object_sql db_object_size",
              "db_object_total_size db_object_approximate_size db_object_approximate_total_size",
              "signal file_read csvread current_setting pg_backend_pid array_upper",
              "gen_random_uuid encrypt decrypt truncate_value"),
          Set.of("set"));

  private H2BuiltIns() {}
}
