package dev.larder.examples.bookshop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.h2.api.Trigger;

/**
 * The trigger of the bookshop on H2: every change of a stock is written down in {@code
 * stock_movement}. H2 creates one instance per trigger and may call it from several threads; it
 * holds no state.
 */
public final class StockTrigger implements Trigger {

  /** Creates the trigger; H2 calls this by reflection. */
  public StockTrigger() {}

  @Override
  public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
    int was = (Integer) before[1];
    int is = (Integer) after[1];
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into stock_movement (book_id, change, quantity_after) values (?, ?, ?)")) {
      insert.setInt(1, (Integer) after[0]);
      insert.setInt(2, is - was);
      insert.setInt(3, is);
      insert.executeUpdate();
    }
  }
}
