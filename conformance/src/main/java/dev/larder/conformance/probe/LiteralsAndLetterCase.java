package dev.larder.conformance.probe;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

final class LiteralsAndLetterCase implements Probe {

  @Override
  public String sentence() {
    return "Literals that differ in case or blanks are different questions, and so are labels "
        + "written differently.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given("insert into book values (3, 'a b'), (4, 'a  b'), (5, 'A b'), (6, '-- c')");
    for (String title : List.of("a b", "a  b", "A b", "-- c")) {
      story.assertRight("select count(*), min(id) from book where title = '" + title + "'");
    }
    for (String label : List.of("title as \"x\"", "title as \"X\"", "title as x", "title")) {
      if (!story.product().speaksMySql() || !label.contains("\"")) {
        story.assertAlike(connection -> label(connection, "select " + label + " from book"));
      }
    }
    story.assertRight("select id from book where title = 'v1' -- and id = 2");
    story.assertRight("select id from book where title = 'v1' -- and id = 2\n and id = 2");
  }

  private static String label(Connection connection, String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      return rows.getMetaData().getColumnLabel(1);
    }
  }
}
