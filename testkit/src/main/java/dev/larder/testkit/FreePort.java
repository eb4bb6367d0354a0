package dev.larder.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of loopback for servers that are told theirs before they start. Thread-safe. */
public final class FreePort {

  /*
   * Below those that Linux (32768) and macOS (49152) give to connections that go out. A port out of
   * that range that is free now may be some client's a moment later, which has failed the start of
   * servers on busy machines.
   */
  private static final int FIRST = 15_000;
  private static final int BEHIND_LAST = 32_000;

  private static final int TRIES = 1_000;

  private FreePort() {}

  /**
   * A port that nobody listens on at this moment.
   *
   * @throws IOException when there is none
   */
  public static int next() throws IOException {
    IOException last = new IOException("no port was tried");
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND_LAST);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        last = taken;
      }
    }
    throw last;
  }
}
