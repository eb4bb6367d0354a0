package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.jdbc.internal.route.Replication;
import java.sql.ResultSet;
import java.sql.SQLException;

/** PostgreSQL's streaming replication: positions are those of its WAL. Stateless. */
final class PostgresReplication implements Replication {

  /*
   * The end of what was inserted, not of what was flushed: a session with synchronous_commit=off
   * gets its answer before the flush. Where the last record ended with a page, the server says
   * where the next one will begin, after the page's header (24 bytes); a replica will say the
   * page's end.
   */
  private static final String END =
      """
      select at - case when at % current_setting('wal_block_size')::bigint = 24 then 24 else 0 end,
        ('x' || substr(file, 1, 8))::bit(32)::int,
        (extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint,
        flushed >= at,
        case when flushed < ? then set_config('synchronous_commit', 'local', true)
          || pg_logical_emit_message(true, 'larder', '') end
      from (select (lsn - '0/0')::bigint as at, pg_walfile_name(lsn) as file,
          case when lsn is not null then (pg_current_wal_flush_lsn() - '0/0')::bigint end as flushed
        from (select case when pg_is_in_recovery() then null else pg_current_wal_insert_lsn() end as lsn)
          as inserted) as located
      """;

  /*
   * The timeline: what the replica receives now, or, where it receives nothing or this user may not
   * see it, that of its last restart point, which may be older than it need be and never newer.
   */
  private static final String PROGRESS =
      """
      select pg_is_in_recovery(),
        (pg_last_wal_replay_lsn() - '0/0')::bigint,
        (extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint,
        coalesce((select received_tli from pg_stat_wal_receiver),
          (select timeline_id from pg_control_checkpoint()))
      """;

  @Override
  public String endQuestion() {
    return END;
  }

  @Override
  public End end(ResultSet row) throws SQLException {
    return new End(row.getLong(1), row.getLong(2), row.getLong(3), row.getBoolean(4));
  }

  @Override
  public boolean flushes() {
    return true;
  }

  @Override
  public String progressQuestion() {
    return PROGRESS;
  }

  @Override
  public Progress progress(ResultSet row) throws SQLException {
    return new Progress(row.getBoolean(1), row.getLong(2), row.getLong(4), row.getLong(3));
  }

  @Override
  public boolean anyStatementFixesSnapshot() {
    return true;
  }
}
