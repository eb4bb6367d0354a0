package dev.larder.jdbc.internal.product.postgresql;

import dev.larder.jdbc.internal.analysis.Verb;
import dev.larder.jdbc.internal.catalog.Effect;
import dev.larder.jdbc.internal.catalog.Relation;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reads the triggers. A disabled one counts as enabled: session_replication_role switches it
 * without a trace in the catalogue. Not thread-safe.
 */
final class PostgresTriggers {

  // The bits of pg_trigger.tgtype that say what fires it, and when.
  private static final int ROW = 1;
  private static final int BEFORE = 2;
  private static final int INSTEAD = 64;
  private static final int INSERT = 4;
  private static final int DELETE = 8;
  private static final int UPDATE = 16;
  private static final int TRUNCATE = 32;

  private final PostgresReading reading;

  PostgresTriggers(PostgresReading reading) {
    this.reading = reading;
  }

  void read() throws SQLException {
    // Internal triggers enforce foreign keys, which are followed by themselves.
    reading.each(
        """
        SELECT t.tgrelid, t.tgtype, d.refobjid AS function
        FROM pg_catalog.pg_trigger t
        JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass
            AND d.objid = t.oid AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
        WHERE NOT t.tgisinternal
        UNION
        SELECT tgrelid, tgtype, tgfoid FROM pg_catalog.pg_trigger WHERE NOT tgisinternal
        """,
        row -> {
          Relation.Draft table = reading.relation(row.getLong("tgrelid"));
          Set<Verb> on = events(row.getInt("tgtype"));
          if (table != null && !on.isEmpty()) {
            reading.call(table, on, row.getLong("function"), moment(row.getInt("tgtype")));
          }
        });
  }

  static Effect.Moment moment(int type) {
    if ((type & INSTEAD) != 0) {
      return Effect.Moment.UNTOLD;
    }
    boolean hasRow = (type & ROW) != 0 && (type & BEFORE) != 0;
    return hasRow ? Effect.Moment.BEFORE_ROW : Effect.Moment.APART;
  }

  static Set<Verb> events(int type) {
    EnumSet<Verb> events = EnumSet.noneOf(Verb.class);
    if ((type & INSERT) != 0) {
      events.add(Verb.INSERT);
    }
    if ((type & DELETE) != 0) {
      events.add(Verb.DELETE);
    }
    if ((type & UPDATE) != 0) {
      events.add(Verb.UPDATE);
    }
    if ((type & TRUNCATE) != 0) {
      events.add(Verb.TRUNCATE);
      events.add(Verb.TRUNCATE_CASCADE);
    }
    return events;
  }
}
