package dev.larder.examples.twonodes;

import dev.larder.jdbc.LarderDataSource;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The other process: sets a price whenever it is told to. For one thread. */
final class BackOffice implements AutoCloseable {

  private final Process process;
  private final BufferedWriter orders;
  private final BufferedReader replies;

  private BackOffice(Process process) {
    this.process = process;
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
    this.replies = process.inputReader(StandardCharsets.UTF_8);
  }

  static BackOffice start(Place place) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(BackOffice.class.getName());
    command.addAll(place.arguments());
    return new BackOffice(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Returns when the new price is committed. */
  void setPrice(int price) throws IOException {
    orders.write(price + "\n");
    orders.flush();
    if (replies.readLine() == null) {
      throw new IOException("the back office has closed");
    }
  }

  @Override
  public void close() throws IOException {
    orders.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What runs there. */
  public static void main(String[] arguments) throws IOException, SQLException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (LarderDataSource node = Place.of(arguments).node()) {
      for (String price = orders.readLine(); price != null; price = orders.readLine()) {
        try (Connection connection = node.getConnection();
            PreparedStatement statement =
                connection.prepareStatement("update book set price = ? where id = 1")) {
          statement.setInt(1, Integer.parseInt(price));
          statement.executeUpdate();
        }
        System.out.println("done");
      }
    }
  }
}
