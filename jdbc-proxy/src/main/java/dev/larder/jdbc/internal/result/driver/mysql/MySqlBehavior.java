package dev.larder.jdbc.internal.result.driver.mysql;

import dev.larder.jdbc.internal.result.column.ColumnReader;
import dev.larder.jdbc.internal.result.driver.standard.StandardBehavior;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The behaviour of MySQL Connector/J, as far as it was asked when the rows were read: what was not
 * asked is left to the driver's own result. Immutable and thread-safe.
 */
public final class MySqlBehavior extends StandardBehavior {

  /*
   * What a getter of this driver answers depends on a dozen of its properties. So none of its
   * conversions is repeated here: for each value the driver itself is asked by the getters that
   * applications use for such a column, and these answers are what is kept.
   */

  @Override
  protected @Nullable ColumnReader reader(ResultSetMetaData metaData, int index)
      throws SQLException {
    ColumnReader plain = super.reader(metaData, index);
    Questions questions = Questions.of(metaData, index);
    return questions == null ? plain : new AskingReader(questions);
  }
}
