package dev.larder.testkit;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import redis.embedded.core.ExecutableProvider;

/**
 * A running Redis server without a password, shared by the whole JVM.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param host the address it listens on
 * @param port the TCP port it listens on
 */
public record RedisServer(String host, int port) {
  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final String PONG = "+PONG";

  static RedisServer startEmbedded() throws IOException {
    Path home =
        ProgramCache.directory(
            "redis",
            directory -> {
              Path half =
                  ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
              Path program = Files.copy(half, directory.resolve("redis-server"));
              ProgramCache.makeExecutable(program);
            });
    Guardian guardian = Guardian.ofNewDirectory("larder-redis", "KILL");
    RedisServer server = new RedisServer("127.0.0.1", FreePort.next());
    List<String> command =
        List.of(
            home.resolve("redis-server").toString(),
            "--port",
            Integer.toString(server.port()),
            "--bind",
            server.host(),
            "--save",
            "",
            "--dir",
            guardian.directory().toString());
    try {
      ServerProcess.start(command, Map.of(), guardian, server::checkAnswers);
      return server;
    } catch (IOException e) {
      guardian.finish();
      throw e;
    }
  }

  void checkAnswers() throws IOException {
    try (Socket socket = new Socket(host, port)) {
      socket.getOutputStream().write(PING);
      byte[] answer = socket.getInputStream().readNBytes(PONG.length());
      if (!new String(answer, StandardCharsets.US_ASCII).equals(PONG)) {
        throw new IOException("no PONG");
      }
    }
  }
}
