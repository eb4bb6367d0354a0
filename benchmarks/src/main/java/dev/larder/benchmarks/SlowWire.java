package dev.larder.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A relay on loopback by which everything takes so long each way, however much there is of it. */
final class SlowWire implements AutoCloseable {

  private static final int CHUNK = 1 << 16;

  private final String host;
  private final int port;
  private final long delayNanos;
  private final ServerSocket listener;

  private record Chunk(byte[] bytes, long dueAt) {}

  private SlowWire(String host, int port, long delayNanos) throws IOException {
    this.host = host;
    this.port = port;
    this.delayNanos = delayNanos;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** To a server that its URL names as {@code //host:port/}. */
  static SlowWire to(Target target, long delayMillis) {
    String address = target.url().split("//", 2)[1].split("/", 2)[0];
    int colon = address.lastIndexOf(':');
    try {
      SlowWire wire =
          new SlowWire(
              address.substring(0, colon),
              Integer.parseInt(address.substring(colon + 1)),
              TimeUnit.MILLISECONDS.toNanos(delayMillis));
      begin(wire::accept);
      return wire;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a relay", e);
    }
  }

  /** The same database, reached by this. */
  Target target(Target direct) {
    String address = direct.url().split("//", 2)[1].split("/", 2)[0];
    String url = direct.url().replace("//" + address, "//127.0.0.1:" + listener.getLocalPort());
    return new Target(direct.product(), url, direct.username(), direct.password());
  }

  private static void begin(Runnable task) {
    Thread thread = new Thread(task, "slow-wire");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(host, port);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        carry(client, server);
        carry(server, client);
      }
    } catch (IOException closed) {
      // That is how it ends.
    }
  }

  private void carry(Socket from, Socket to) {
    LinkedBlockingQueue<Chunk> under = new LinkedBlockingQueue<>();
    begin(() -> read(from, under));
    begin(() -> write(to, under));
  }

  private void read(Socket from, LinkedBlockingQueue<Chunk> under) {
    byte[] buffer = new byte[CHUNK];
    try (InputStream in = from.getInputStream()) {
      int count = in.read(buffer);
      while (count >= 0) {
        under.add(new Chunk(Arrays.copyOf(buffer, count), System.nanoTime() + delayNanos));
        count = in.read(buffer);
      }
    } catch (IOException closed) {
      // The other side is told below.
    }
    under.add(new Chunk(new byte[0], System.nanoTime()));
  }

  private static void write(Socket to, LinkedBlockingQueue<Chunk> under) {
    try (OutputStream out = to.getOutputStream()) {
      Chunk next = next(under);
      while (next != null && next.bytes().length > 0) {
        long left = next.dueAt() - System.nanoTime();
        while (left > 0) {
          LockSupport.parkNanos(left);
          left = next.dueAt() - System.nanoTime();
        }
        out.write(next.bytes());
        out.flush();
        next = next(under);
      }
    } catch (IOException closed) {
      // Nobody is left to be told.
    }
  }

  private static @Nullable Chunk next(LinkedBlockingQueue<Chunk> under) {
    try {
      return under.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
