package dev.larder.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A TCP relay on loopback between clients and one server, which can lose what goes over the wire.
 *
 * <p>Safe for use by several threads.
 */
public final class Relay implements AutoCloseable {

  /** What becomes of client bytes that a test lies in wait for. The client is cut either way. */
  public enum Fate {
    /** They reach the server; its reply is lost. */
    FORWARD_THEN_CUT,
    /** They are kept back until {@link Interception#deliver}; the server's side stays open. */
    KEEP_THEN_CUT
  }

  static final String HOST = "127.0.0.1";

  private final String targetHost;
  private final int targetPort;
  private final ServerSocket listener;
  private final Set<RelayLink> links = ConcurrentHashMap.newKeySet();
  private final List<Interception> armed = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Replacement> replacement = new AtomicReference<>();
  private final Object gate = new Object();
  private boolean held;
  private volatile Duration delay = Duration.ZERO;

  /** Bytes that are sent and those that arrive. */
  private record Replacement(byte[] sent, byte[] by) {

    /** The chunk as it arrives, or null where these bytes are not in it. */
    byte @Nullable [] in(byte[] chunk) {
      for (int at = 0; at + sent.length <= chunk.length; at++) {
        if (Arrays.equals(chunk, at, at + sent.length, sent, 0, sent.length)) {
          byte[] arrives = Arrays.copyOf(chunk, chunk.length - sent.length + by.length);
          System.arraycopy(by, 0, arrives, at, by.length);
          int rest = at + sent.length;
          System.arraycopy(chunk, rest, arrives, at + by.length, chunk.length - rest);
          return arrives;
        }
      }
      return null;
    }
  }

  private Relay(String targetHost, int targetPort) throws IOException {
    this.targetHost = targetHost;
    this.targetPort = targetPort;
    this.listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
  }

  /**
   * Starts a relay to a server, which need not run yet.
   *
   * @throws UncheckedIOException when no port can be opened
   */
  public static Relay to(String host, int port) {
    try {
      Relay relay = new Relay(host, port);
      daemon(relay::accept, "relay to " + host + ":" + port);
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a relay", e);
    }
  }

  /** Starts a relay to a database's server. */
  public static Relay to(TestDatabase database) {
    return to(database.host(), database.port());
  }

  /**
   * A condition for {@link #onNext}: the bytes contain this ASCII text, in any case.
   *
   * <p>pgjdbc sends the text of COMMIT only the first time on a connection and later names the
   * prepared statement it made of it, unless the URL says {@code prepareThreshold=0}.
   */
  public static Predicate<byte[]> containing(String text) {
    String wanted = text.toUpperCase(Locale.ROOT);
    return bytes ->
        new String(bytes, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT).contains(wanted);
  }

  /** The port it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /**
   * Closes all current links, except those an {@link Interception} has taken; new ones may come.
   */
  public void cut() {
    links.stream().filter(link -> !link.intercepted()).forEach(RelayLink::close);
  }

  /** From now on client bytes pass and server bytes are kept back, on new links too. */
  public void holdReplies() {
    synchronized (gate) {
      held = true;
    }
  }

  /** Lets kept server bytes through, in order. */
  public void releaseReplies() {
    synchronized (gate) {
      held = false;
      gate.notifyAll();
    }
  }

  /** From now on what the server replies takes that much longer, on new links too. */
  public void delayReplies(Duration longer) {
    delay = longer;
  }

  /**
   * Lies in wait for client bytes, on any link, once.
   *
   * @param clientBytes is asked about everything a client has sent since the server's last reply to
   *     it, each time more comes
   */
  public Interception onNext(Predicate<byte[]> clientBytes, Fate fate) {
    Interception interception = new Interception(clientBytes, fate);
    armed.add(interception);
    return interception;
  }

  /** The next time that a client sends these bytes, on any link, the server gets others. */
  public void replaceNext(byte[] sent, byte[] by) {
    replacement.set(new Replacement(sent.clone(), by.clone()));
  }

  /** Closes all links and stops listening. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    links.forEach(RelayLink::close);
  }

  /** What the server gets for what a client has sent. */
  byte[] replaced(byte[] chunk) {
    Replacement armed = replacement.get();
    byte[] replaced = armed == null ? null : armed.in(chunk);
    return replaced != null && replacement.compareAndSet(armed, null) ? replaced : chunk;
  }

  /** Returns true when replies may pass, and false when the link is closed before they may. */
  boolean awaitGate(RelayLink link) throws InterruptedException {
    synchronized (gate) {
      while (held && links.contains(link)) {
        gate.wait();
      }
      if (held) {
        return false;
      }
    }
    Thread.sleep(delay.toMillis());
    return true;
  }

  /** The interception these bytes fall to, or null. */
  @Nullable Interception claim(byte[] clientBytes) {
    return armed.stream()
        .filter(interception -> interception.claim(clientBytes))
        .findFirst()
        .orElse(null);
  }

  void closed(RelayLink link) {
    synchronized (gate) {
      links.remove(link);
      gate.notifyAll();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        try {
          Socket server = new Socket(targetHost, targetPort);
          RelayLink link = new RelayLink(this, client, server);
          links.add(link);
          link.start();
        } catch (IOException e) {
          client.close();
        }
      } catch (IOException e) {
        // Closed, or this one client went away: the loop's condition tells which.
      }
    }
    // A link that was being made while close() ran is closed here.
    links.forEach(RelayLink::close);
  }

  static void daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
