package dev.larder.jdbc.internal.source;

import dev.larder.invalidation.SourceReport.State;
import dev.larder.jdbc.LarderDataSource;
import dev.larder.testkit.TestDatabase;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/**
 * Another node in a JVM of its own, which may be killed at any point. Used by one thread.
 *
 * <p>It is told what to do line by line on its standard input: {@code write}, {@code read} and
 * {@code covers}; with {@code hang}, it commits on the driver and Larder never hears of the answer.
 */
public final class OtherNode implements AutoCloseable {

  private static final String ANSWER = "> ";

  private final Process process;
  private final BufferedWriter commands;
  private final BufferedReader answers;

  private OtherNode(Process process) {
    this.process = process;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  public static OtherNode start(TestDatabase database, String... settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(OtherNode.class.getName());
    command.add(database.url());
    command.add(database.username());
    command.add(database.password());
    command.addAll(List.of(settings));
    return new OtherNode(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  public void write(String sql) {
    ask("write " + sql);
  }

  public String read(String sql) {
    return ask("read " + sql);
  }

  public OtherNode untilCovered() {
    Elsewhere.until("the other node covers", () -> ask("covers").equals("true"));
    return this;
  }

  /** Commits, and returns when the database has answered; the node does nothing after that. */
  public void commitAndHang(String sql) {
    ask("hang " + sql);
  }

  private String ask(String command) {
    try {
      commands.write(command);
      commands.newLine();
      commands.flush();
      String line = answers.readLine();
      while (line != null && !line.startsWith(ANSWER)) {
        line = answers.readLine();
      }
      if (line == null) {
        throw new IllegalStateException("the other node has ended");
      }
      return line.substring(ANSWER.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as a crash would. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Lets it take its leave. */
  @Override
  public void close() throws IOException {
    commands.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // What runs in the other JVM.

  public static void main(String[] arguments) throws Exception {
    Properties settings = new Properties();
    for (int i = 3; i < arguments.length; i += 2) {
      settings.setProperty(arguments[i], arguments[i + 1]);
    }
    DataSource driver =
        proxy(
            DataSource.class,
            new Object(),
            () -> DriverManager.getConnection(arguments[0], arguments[1], arguments[2]));
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (LarderDataSource larder = LarderDataSource.wrap(driver, settings)) {
      String line = commands.readLine();
      while (line != null) {
        int space = line.indexOf(' ');
        String verb = space < 0 ? line : line.substring(0, space);
        System.out.println(ANSWER + answer(larder, verb, line.substring(space + 1)));
        line = commands.readLine();
      }
    }
  }

  private static String answer(LarderDataSource larder, String verb, String sql)
      throws SQLException {
    try (Connection connection = larder.getConnection();
        Statement statement = connection.createStatement()) {
      switch (verb) {
        case "covers":
          statement.executeQuery("select 1").close();
          return String.valueOf(
              larder.invalidation().sources().stream()
                  .allMatch(source -> source.state() == State.COVERING));
        case "read":
          try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
          }
        case "hang":
          statement.execute(sql + " -- hang");
          return "unreachable";
        default:
          statement.execute(sql);
          return "done";
      }
    }
  }

  /** Gives a connection. */
  @FunctionalInterface
  private interface Source {
    Connection open() throws SQLException;
  }

  /** An object that does what {@code target} does, but hangs after a statement that says so. */
  private static <T> T proxy(Class<T> type, Object target, Source source) {
    return type.cast(
        Proxy.newProxyInstance(
            OtherNode.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (method.getName().equals("getConnection") && type == DataSource.class) {
                return proxy(Connection.class, source.open(), source);
              }
              try {
                Object result = method.invoke(target, arguments);
                if (result instanceof Statement statement
                    && method.getName().equals("createStatement")) {
                  return proxy(Statement.class, statement, source);
                }
                hangIfAsked(arguments);
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private static void hangIfAsked(Object[] arguments) throws InterruptedException {
    if (arguments != null && arguments.length > 0 && arguments[0] instanceof String sql) {
      if (sql.endsWith("-- hang")) {
        System.out.println(ANSWER + "committed");
        new CountDownLatch(1).await();
      }
    }
  }
}
