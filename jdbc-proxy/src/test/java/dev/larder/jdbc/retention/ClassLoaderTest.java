package dev.larder.jdbc.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.Databases;
import dev.larder.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Symptom: threads that wait for nothing in particular held the class loader of an application that
 * was taken down, and with it everything of it. An application that closes its DataSource (and, as
 * containers do, deregisters its drivers) can be loaded again as often as one likes.
 */
class ClassLoaderTest {

  /** What an application brings with it; drivers and logging are the container's. */
  private static final List<String> BROUGHT =
      List.of(
          "dev.larder.jdbc.",
          "dev.larder.invalidation.",
          "com.zaxxer.hikari.",
          "com.github.benmanes.caffeine.",
          "net.sf.jsqlparser.");

  private static final int DEPLOYMENTS = 3;
  private static final long MOST_SECONDS = 60;

  /** One deployment of an application. */
  private static final class Application extends ClassLoader {

    Application() {
      super(ClassLoaderTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (BROUGHT.stream().noneMatch(name::startsWith)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? define(name) : known;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] code = in.readAllBytes();
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void applicationsThatWereTakenDownAreCollected() throws Exception {
    try (TestDatabase database = Databases.postgres()) {
      database.execute("create table book (id int primary key, title text)");
      List<WeakReference<ClassLoader>> earlier = new ArrayList<>();
      for (int i = 0; i < DEPLOYMENTS; i++) {
        earlier.add(deployed(database));
      }
      // The JDK's ObjectMethods remember the type of the record that was compared last.
      deployed(database);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
      while (!earlier.stream().allMatch(gone -> gone.refersTo(null))) {
        assertThat(System.nanoTime() - deadline)
            .as("a class loader is held; threads: %s", Thread.getAllStackTraces().keySet())
            .isNegative();
        System.gc();
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  /** Runs one, closes it, and keeps nothing of it. */
  private static WeakReference<ClassLoader> deployed(TestDatabase database) throws Exception {
    Application application = new Application();
    Class<?> type = application.loadClass("dev.larder.jdbc.LarderDataSource");
    assertThat(type.getClassLoader()).isSameAs(application);
    Properties settings = new Properties();
    settings.setProperty("larder.writers", "anyone");
    settings.setProperty("larder.invalidation.jmx", "true");
    settings.setProperty("larder.audit.sample", "1");
    DataSource larder =
        (DataSource)
            type.getMethod("wrap", DataSource.class, Properties.class)
                .invoke(null, database.dataSource(), settings);
    for (int i = 0; i < 3; i++) {
      use(larder);
    }
    ((AutoCloseable) larder).close();
    return new WeakReference<>(application);
  }

  private static void use(DataSource larder) throws Exception {
    try (Connection connection = larder.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("insert into book select coalesce(max(id), 0) + 1, 'a' from book");
      for (int i = 0; i < 3; i++) {
        statement.executeQuery("select title from book where id = 1").close();
      }
    }
  }
}
