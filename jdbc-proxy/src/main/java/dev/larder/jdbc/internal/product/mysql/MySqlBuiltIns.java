package dev.larder.jdbc.internal.product.mysql;

import dev.larder.jdbc.internal.catalog.BuiltIns;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Larder knows by heart of MySQL's functions. Immutable and thread-safe. */
final class MySqlBuiltIns {

  /*
   * unix_timestamp() and convert_tz() are missing from the deterministic ones since they take a TIME
   * for one of today, and nothing tells what their argument is; user() since it tells the client's
   * host, which is not in the key; benchmark() since it is a way to wait; get_format(),
   * date_format() and the like follow lc_time_names, which is. What a release later than 8.0.13
   * brought is known of that release and later ones only: before, it may be the name of somebody's
   * loadable function, which no catalogue tells of. any_value() may be another value each time, and
   * what a document takes up follows from how it was updated.
   */

  private static final BuiltIns FIRST =
      new BuiltIns(
          Set.of("information_schema", "mysql", "performance_schema", "sys"),
          Set.of(),
          BuiltIns.names(
              "coalesce nullif greatest least cast convert extract trim substring position exists",
              "any all some row case if in values value interval over filter within binary",
              "cube rollup sets using on key index div mod is distinct separator against match of"
                  + " grouping"),
          BuiltIns.names(
              // what is in the key
              "current_user current_role database schema",
              // numbers
              "abs acos asin atan atan2 ceil ceiling conv cos cot crc32 degrees exp floor ln",
              "log log10 log2 oct pi pow power radians round sign sin sqrt tan truncate",
              "bit_count format hex unhex bin inet_aton inet_ntoa",
              "inet6_aton inet6_ntoa is_ipv4 is_ipv4_compat is_ipv4_mapped is_ipv6",
              // text
              "ascii bit_length char char_length character_length concat concat_ws elt",
              "export_set field find_in_set insert instr lcase left length",
              "locate lower lpad ltrim make_set mid",
              "octet_length ord quote regexp_instr regexp_replace regexp_substr repeat replace",
              "regexp_like uuid_to_bin bin_to_uuid is_uuid",
              "reverse right rpad rtrim soundex space strcmp substr substring_index",
              "to_base64 from_base64 ucase upper weight_string charset coercibility",
              "collation md5 sha sha1 sha2 compress uncompress uncompressed_length",
              "aes_decrypt aes_encrypt",
              "extractvalue updatexml ifnull isnull",
              // dates and times; now() and its kin are not here
              "adddate addtime date date_add date_format date_sub datediff day dayname",
              "dayofmonth dayofweek dayofyear from_days from_unixtime hour last_day makedate",
              "maketime microsecond minute month monthname period_add period_diff quarter",
              "second sec_to_time str_to_date subdate subtime time_format time_to_sec timediff",
              "timestampadd timestampdiff to_days to_seconds week weekday weekofyear",
              "year yearweek get_format",
              // JSON
              "json_array json_array_append json_array_insert",
              "json_contains json_contains_path json_depth",
              "json_extract json_insert json_keys json_length json_merge",
              "json_merge_patch json_merge_preserve json_object",
              "json_pretty",
              "json_quote json_remove json_replace json_search json_set",
              "json_table json_type json_unquote json_valid json_arrayagg json_objectagg",
              // aggregates and windows
              "avg bit_and bit_or bit_xor count group_concat max min std stddev stddev_pop",
              "stddev_samp sum var_pop var_samp variance cume_dist dense_rank first_value lag",
              "last_value lead nth_value ntile percent_rank",
              "rank row_number",
              // geometry
              "st_area st_asbinary st_asgeojson st_astext st_aswkb st_aswkt st_buffer",
              "st_centroid st_contains st_convexhull st_crosses st_difference st_dimension",
              "st_disjoint st_distance st_distance_sphere st_endpoint st_envelope st_equals",
              "st_exteriorring st_geomcollfromtext st_geometryfromtext st_geometryn",
              "st_geometrytype st_geomfromgeojson st_geomfromtext st_geomfromwkb st_interiorringn",
              "st_intersection st_intersects st_isclosed st_isempty st_issimple",
              "st_length st_linefromtext st_numgeometries st_numinteriorrings st_numpoints",
              "st_overlaps st_pointfromtext st_pointn st_polyfromtext",
              "st_simplify st_srid st_startpoint st_symdifference st_touches st_union",
              "st_within st_x st_y mbrcontains mbrdisjoint mbrintersects mbroverlaps",
              "mbrcovers mbrcoveredby mbrequals st_isvalid st_swapxy st_latitude st_longitude",
              "st_geohash st_latfromgeohash st_longfromgeohash st_pointfromgeohash geomcollection",
              "mbrtouches mbrwithin point linestring polygon multipoint multilinestring",
              "multipolygon geometrycollection"),
          BuiltIns.names(
              "current_date current_time current_timestamp localtime localtimestamp now curdate",
              "curtime sysdate unix_timestamp utc_date utc_time utc_timestamp rand random_bytes"
                  + " uuid",
              "uuid_short sleep benchmark get_lock release_lock",
              "release_all_locks is_free_lock is_used_lock last_insert_id found_rows row_count",
              "any_value gtid_subset gtid_subtract icu_version roles_graphml",
              "statement_digest statement_digest_text json_storage_size json_storage_free",
              "st_transform",
              "connection_id user session_user system_user version",
              "load_file master_pos_wait default name_const",
              "convert_tz",
              "time timestamp"),
          Set.of());

  /** What a release brought, as its number in six digits. */
  private record Later(int release, Set<String> deterministic, Set<String> harmless) {}

  private static final List<Later> LATER =
      List.of(
          new Later(
              80016,
              Set.of(),
              BuiltIns.names("format_bytes format_pico_time ps_current_thread_id ps_thread_id")),
          new Later(
              80017,
              BuiltIns.names("json_overlaps json_schema_valid json_schema_validation_report"),
              Set.of()),
          new Later(80021, BuiltIns.names("json_value"), Set.of()),
          new Later(80023, BuiltIns.names("st_frechetdistance st_hausdorffdistance"), Set.of()),
          new Later(
              80024,
              BuiltIns.names(
                  "st_collect st_lineinterpolatepoint st_lineinterpolatepoints"
                      + " st_pointatdistance"),
              Set.of()));

  private static final Pattern NUMBER =
      Pattern.compile("(\\d+)\\.(\\d{1,2})\\.(\\d{1,2})(?!\\d).*");

  private MySqlBuiltIns() {}

  /** What the server of a version has, as version() tells it. */
  static BuiltIns of(String version) {
    Matcher number = NUMBER.matcher(version);
    int release =
        number.matches() && number.group(1).length() < 4
            ? Integer.parseInt(number.group(1)) * 10_000
                + Integer.parseInt(number.group(2)) * 100
                + Integer.parseInt(number.group(3))
            : 0;
    Set<String> deterministic = new HashSet<>(FIRST.deterministic());
    Set<String> harmless = new HashSet<>(FIRST.harmless());
    for (Later later : LATER) {
      if (release >= later.release) {
        deterministic.addAll(later.deterministic);
        harmless.addAll(later.harmless);
      }
    }
    return new BuiltIns(
        FIRST.systemSchemas(),
        FIRST.alwaysSearched(),
        FIRST.constructs(),
        Set.copyOf(deterministic),
        Set.copyOf(harmless),
        FIRST.settingFunctions());
  }
}
