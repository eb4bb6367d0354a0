package dev.larder.jdbc.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.EachDatabase;
import dev.larder.testkit.Product;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * Symptom: with bytea_output=escape {@code getString} of a bytea gave another text from memory than
 * from the driver. A setting that shapes what a getter returns shapes a cached answer too, whether
 * it came by the URL, by SET or by the role's defaults.
 */
class SettingsOfGettersTest {

  @EachDatabase
  void anAnswerIsTheDriversUnderEverySetting(TestDatabase database) throws SQLException {
    List<String> columns;
    List<String> settings;
    switch (database.product()) {
      case POSTGRESQL -> {
        columns =
            List.of(
                "'\\x00015c41ff7f20'::bytea as b",
                "array['\\x005c41'::bytea] as ba",
                "1.1::float8 / 3 as d",
                "1.1::float4 / 3 as r",
                "array[1.1::float8 / 3] as da",
                "'1 year 2 mons 3 days 04:05:06.7'::interval as i",
                "'12.34'::money as m",
                "'2026-01-02 03:04:05.6+00'::timestamptz as t",
                "array['2026-01-02 03:04:05.6+00'::timestamptz] as ta",
                "'2026-01-02'::date as dt",
                "'03:04:05+02'::timetz as tz",
                "row(1.1::float8 / 3, '\\x41'::bytea) as rec",
                "xmlelement(name x, '\\x4142'::bytea) as x",
                "to_json('\\x4142'::bytea) as j",
                "'a'::text as s");
        settings =
            List.of(
                "bytea_output = 'escape'",
                "extra_float_digits = 0",
                "extra_float_digits = -5",
                "intervalstyle = 'sql_standard'",
                "intervalstyle = 'iso_8601'",
                "timezone = 'Asia/Tokyo'",
                "timezone = 'America/St_Johns'",
                "datestyle = 'ISO, DMY'",
                "xmlbinary = 'hex'",
                "lc_monetary = 'C'",
                "array_nulls = off",
                "quote_all_identifiers = on",
                "client_min_messages = 'error'");
      }
      case MARIADB, MYSQL -> {
        columns =
            List.of(
                "date_format('2026-01-02', '%W %M') as n",
                "1 / 3 as d",
                "format(1234567.891, 2) as f",
                "cast('2026-01-02 03:04:05' as datetime) as t",
                "week('2026-01-02') as w",
                "x'00FF41' as b",
                "'ä' as s",
                "year(20260102) as y");
        settings =
            List.of(
                "div_precision_increment = 8",
                "time_zone = '+05:30'",
                "default_week_format = 3",
                "sql_mode = 'ANSI'",
                "sql_select_limit = 1",
                "group_concat_max_len = 4");
      }
      case H2 -> {
        columns =
            List.of(
                "cast('2026-01-02 03:04:05+00' as timestamp with time zone) as t",
                "x'00FF41' as b",
                "cast(x'00FF41' as varchar) as bs",
                "interval '1-2' year to month as i",
                "cast(1 as double) / 3 as d");
        settings = List.of("time zone '+05:30'", "variable_binary true", "query_timeout 10000");
      }
      default -> throw new AssertionError();
    }
    database.execute("create table one (n int)", "insert into one values (1)");
    List<String> texts = columns.stream().map(c -> "select " + c + " from one").toList();
    // Whether the driver asks for binary values depends on how often it has run a text.
    String url =
        database.product() == Product.POSTGRESQL
            ? with(database.url(), "prepareThreshold=0")
            : database.url();
    try (LarderDataSource larder = larder(database, url)) {
      for (String setting : settings) {
        for (boolean prepared : new boolean[] {false, true}) {
          try (Connection raw =
                  DriverManager.getConnection(url, database.username(), database.password());
              Connection c = larder.getConnection()) {
            check(raw, c, texts, prepared, "without " + setting);
            set(raw, setting);
            set(c, setting);
            check(raw, c, texts, prepared, setting);
          }
        }
      }
      assertThat(larder.statistics().hits()).isPositive();
    }
    if (database.product() == Product.POSTGRESQL) {
      byUrl(database, texts);
    }
  }

  private static void byUrl(TestDatabase database, List<String> texts) throws SQLException {
    String url =
        with(
            database.url(),
            "prepareThreshold=0&options=-c%20bytea_output=escape%20-c%20extra_float_digits=0");
    try (LarderDataSource larder = larder(database, url);
        Connection raw =
            DriverManager.getConnection(url, database.username(), database.password());
        Connection c = larder.getConnection()) {
      check(raw, c, texts, false, "by URL");
      check(raw, c, texts, true, "by URL");
    }
  }

  private static String with(String url, String parameters) {
    return url + (url.contains("?") ? "&" : "?") + parameters;
  }

  private static void check(
      Connection raw, Connection c, List<String> texts, boolean prepared, String when)
      throws SQLException {
    for (String sql : texts) {
      List<String> expected = values(raw, sql, prepared);
      for (int i = 0; i < 2; i++) {
        assertThat(values(c, sql, prepared)).as(when + ", " + i).isEqualTo(expected);
      }
    }
  }

  private static void set(Connection c, String setting) throws SQLException {
    try (Statement statement = c.createStatement()) {
      statement.execute("set " + setting);
    }
  }

  private static List<String> values(Connection c, String sql, boolean prepared)
      throws SQLException {
    if (prepared) {
      try (PreparedStatement statement = c.prepareStatement(sql);
          ResultSet row = statement.executeQuery()) {
        return values(row);
      }
    }
    try (Statement statement = c.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return values(row);
    }
  }

  private static List<String> values(ResultSet row) throws SQLException {
    List<String> values = new ArrayList<>();
    assertThat(row.next()).isTrue();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      String name = row.getMetaData().getColumnLabel(i);
      values.add(name + ": " + row.getString(i));
      Object object = row.getObject(i);
      values.add(
          name
              + ": "
              + (object instanceof byte[] bytes
                  ? Arrays.toString(bytes)
                  : object instanceof SQLXML ? "" : String.valueOf(object)));
    }
    return values;
  }

  private static LarderDataSource larder(TestDatabase database, String url) {
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "this-jvm");
    return LarderDataSource.builder()
        .url(url)
        .username(database.username())
        .password(database.password())
        .settings(settings)
        .build();
  }
}
