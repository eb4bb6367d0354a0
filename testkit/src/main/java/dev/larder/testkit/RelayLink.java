package dev.larder.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One client of a {@link Relay} and its connection to the server, with a thread for each direction.
 *
 * <p>Safe for use by several threads.
 */
final class RelayLink {
  /*
   * An intercepted link loses its client before the server gets anything, so that no reply can slip
   * through; its server side lives on until the first reply, because closing it earlier could make
   * the server throw away what it has not read yet.
   */
  private static final int CHUNK = 1 << 16;
  private static final byte[] NOTHING = {};

  private final Relay relay;
  private final Socket client;
  private final Socket server;
  private final ByteArrayOutputStream sinceReply = new ByteArrayOutputStream();
  private volatile @Nullable Interception interception;
  private volatile byte[] kept = NOTHING;

  RelayLink(Relay relay, Socket client, Socket server) throws IOException {
    this.relay = relay;
    this.client = client;
    this.server = server;
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
  }

  void start() {
    Relay.daemon(this::requests, "relay requests");
    Relay.daemon(this::replies, "relay replies");
  }

  boolean intercepted() {
    return interception != null;
  }

  /** Sends the bytes that an interception kept back; they are sent once. */
  void deliverKept() throws IOException {
    byte[] bytes = kept;
    kept = NOTHING;
    toServer(bytes);
  }

  private void toServer(byte[] bytes) throws IOException {
    OutputStream out = server.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  void close() {
    relay.closed(this);
    close(client);
    close(server);
  }

  private void requests() {
    try {
      InputStream in = client.getInputStream();
      byte[] buffer = new byte[CHUNK];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        byte[] chunk = relay.replaced(Arrays.copyOf(buffer, length));
        Interception claimed = relay.claim(request(chunk));
        if (claimed != null) {
          intercept(claimed, chunk);
          return;
        }
        toServer(chunk);
      }
    } catch (IOException e) {
      // One side is gone; the other follows.
    }
    close();
  }

  private void intercept(Interception claimed, byte[] chunk) throws IOException {
    interception = claimed;
    close(client);
    if (claimed.fate() == Relay.Fate.FORWARD_THEN_CUT) {
      toServer(chunk);
    } else {
      kept = chunk;
    }
    claimed.happened(this);
  }

  private void replies() {
    try {
      InputStream in = server.getInputStream();
      byte[] buffer = new byte[CHUNK];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        // A client that closes its socket can read for a moment after the relay sees it closed.
        boolean kept = interception == null && !relay.awaitGate(this);
        Interception taken = interception;
        if (taken != null) {
          taken.replied();
          break;
        }
        if (kept) {
          break;
        }
        synchronized (sinceReply) {
          sinceReply.reset();
        }
        client.getOutputStream().write(buffer, 0, length);
      }
    } catch (IOException e) {
      // One side is gone; the other follows, unless a test keeps the server's side.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Interception taken = interception;
    if (taken != null) {
      taken.serverClosed();
    }
    close();
  }

  private byte[] request(byte[] chunk) throws IOException {
    synchronized (sinceReply) {
      sinceReply.write(chunk);
      return sinceReply.toByteArray();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is as closed as it can be.
    }
  }
}
