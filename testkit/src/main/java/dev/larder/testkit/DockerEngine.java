package dev.larder.testkit;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.mariadb.MariaDBContainer;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * Starts servers in containers, where a Docker engine answers.
 *
 * <p>Safe for use by several threads.
 */
final class DockerEngine {
  /*
   * Testcontainers takes its time and many log lines to find out that there is no engine. So it is
   * asked only if something listens where engines listen, or if its own configuration names one.
   */
  private static final int CONNECT_MILLIS = 1_000;

  private static @Nullable Boolean answers;

  private DockerEngine() {}

  /** Starts in a container if that is possible and wanted, otherwise the other way. */
  static <T> T orElse(Shared.Start<T> container, Shared.Start<T> embedded) throws Exception {
    String wish = System.getProperty("larder.test.docker", "auto").toLowerCase(Locale.ROOT);
    if (wish.equals("always")) {
      return container.start();
    }
    if (wish.equals("never") || !answers()) {
      return embedded.start();
    }
    try {
      return container.start();
    } catch (Exception e) {
      System.out.println(
          "A Docker engine answers but the container does not start; using an embedded server: "
              + firstLine(e));
      return embedded.start();
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  // The containers run until the JVM ends: Testcontainers' reaper removes them.
  @SuppressWarnings("resource")
  static Endpoint postgres(int major) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("postgres"));
    command.addAll(PostgresServer.commandLineSettings());
    PostgreSQLContainer container =
        new PostgreSQLContainer(image("postgres", "postgres:" + major))
            .withUsername(Endpoint.USERNAME)
            .withPassword(Endpoint.PASSWORD)
            .withDatabaseName("postgres")
            .withCommand(command.toArray(String[]::new));
    return started("postgresql", container, 5432);
  }

  @SuppressWarnings("resource")
  static Endpoint mariadb() throws InterruptedException {
    MariaDBContainer container =
        new MariaDBContainer(image("mariadb", "mariadb:11.4"))
            .withUsername("root")
            .withPassword(Endpoint.PASSWORD)
            .withCommand("mariadbd", "--max-connections=300", "--character-set-server=utf8mb4");
    container.start();
    return new Endpoint(
        "mariadb", container.getHost(), container.getMappedPort(3306), "root", Endpoint.PASSWORD);
  }

  @SuppressWarnings("resource")
  static Endpoint mysql() throws InterruptedException {
    MySQLContainer container =
        new MySQLContainer(image("mysql", "mysql:8.4"))
            .withUsername("root")
            .withPassword(Endpoint.PASSWORD)
            .withCommand(MySqlServer.SETTINGS.toArray(String[]::new));
    container.start();
    return new Endpoint(
        "mysql", container.getHost(), container.getMappedPort(3306), "root", Endpoint.PASSWORD);
  }

  @SuppressWarnings("resource")
  static RedisServer redis() throws InterruptedException {
    GenericContainer<?> container =
        new GenericContainer<>(image("redis", "redis:7")).withExposedPorts(6379);
    container.start();
    return new RedisServer(container.getHost(), container.getMappedPort(6379));
  }

  private static Endpoint started(String scheme, GenericContainer<?> container, int port) {
    container.start();
    return new Endpoint(
        scheme,
        container.getHost(),
        container.getMappedPort(port),
        Endpoint.USERNAME,
        Endpoint.PASSWORD);
  }

  /* Pulls once: Testcontainers itself would try for two minutes where no registry answers. */
  private static DockerImageName image(String product, String standard)
      throws InterruptedException {
    String property = System.getProperty("larder.test." + product + ".image", standard);
    DockerImageName image = DockerImageName.parse(property).asCompatibleSubstituteFor(product);
    String name = ImageNameSubstitutor.instance().apply(image).asCanonicalNameString();
    DockerClient client = DockerClientFactory.instance().client();
    try {
      client.inspectImageCmd(name).exec();
    } catch (NotFoundException e) {
      client.pullImageCmd(name).start().awaitCompletion();
    }
    return image;
  }

  private static synchronized boolean answers() {
    if (answers == null) {
      answers = somethingListens() && DockerClientFactory.instance().isDockerAvailable();
    }
    return answers;
  }

  private static boolean somethingListens() {
    String home = System.getProperty("user.home");
    String named = System.getenv("DOCKER_HOST");
    if (named != null && !named.isBlank()) {
      return listens(URI.create(named.strip()));
    }
    if (namedInProperties(Path.of(home, ".testcontainers.properties"))) {
      return true;
    }
    List<Path> sockets = new ArrayList<>();
    sockets.add(Path.of("/var/run/docker.sock"));
    sockets.add(Path.of(home, ".docker/run/docker.sock"));
    sockets.add(Path.of(home, ".docker/desktop/docker.sock"));
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    if (runtime != null) {
      sockets.add(Path.of(runtime, "docker.sock"));
    }
    return sockets.stream().anyMatch(DockerEngine::listens);
  }

  private static boolean namedInProperties(Path file) {
    try {
      return Files.isRegularFile(file) && Files.readString(file).contains("docker.host");
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean listens(URI uri) {
    if ("unix".equals(uri.getScheme())) {
      return listens(Path.of(uri.getPath()));
    }
    try (Socket socket = new Socket()) {
      SocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort());
      socket.connect(address, CONNECT_MILLIS);
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean listens(Path socket) {
    if (!Files.exists(socket)) {
      return false;
    }
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
