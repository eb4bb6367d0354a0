package dev.larder.jdbc.internal.nodes;

import dev.larder.jdbc.internal.transport.MessageStream;
import dev.larder.jdbc.internal.transport.StreamEntry;
import dev.larder.jdbc.internal.transport.StreamTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A server of streams that keeps them in memory, and lines to it that can be cut. Thread-safe. */
final class StreamsInMemory {

  private static final long LONGEST_WAIT_MILLIS = 20;
  private static final long IDS_PER_MILLISECOND = 1_000;

  private final Map<String, NavigableMap<Long, StreamEntry>> streams = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();

  private NavigableMap<Long, StreamEntry> stream(String name) {
    return streams.computeIfAbsent(name, n -> new TreeMap<>());
  }

  Line line() {
    return new Line();
  }

  /** Adds an entry as anybody may, node or not. */
  void add(String name, byte @Nullable [] message, byte @Nullable [] signature) {
    NavigableMap<Long, StreamEntry> stream = stream(name);
    synchronized (stream) {
      long clock = System.currentTimeMillis() * IDS_PER_MILLISECOND;
      long id = lastId.updateAndGet(last -> Math.max(clock, last + 1));
      stream.put(id, new StreamEntry(String.valueOf(id), message, signature));
      stream.notifyAll();
    }
  }

  /** What a stream holds. */
  List<StreamEntry> entries(String name) {
    NavigableMap<Long, StreamEntry> stream = stream(name);
    synchronized (stream) {
      return List.copyOf(stream.values());
    }
  }

  /** Drops what a stream holds, read or not. */
  void clear(String name) {
    NavigableMap<Long, StreamEntry> stream = stream(name);
    synchronized (stream) {
      stream.clear();
    }
  }

  /** The way of one node to the server. */
  final class Line implements StreamTransport {

    private volatile boolean isCut;
    private final AtomicInteger cuts = new AtomicInteger();

    /** Loses all connections, and lets nobody connect until it is mended. */
    void cut() {
      isCut = true;
      cuts.incrementAndGet();
    }

    void mend() {
      isCut = false;
    }

    @Override
    public String name() {
      return "memory";
    }

    @Override
    public boolean accepts(List<String> uris) {
      return true;
    }

    @Override
    public MessageStream connect(List<String> uris, String stream) {
      if (isCut) {
        throw new IllegalStateException("the line is cut");
      }
      return new Connection(this, stream);
    }
  }

  private final class Connection implements MessageStream {

    private final Line line;
    private final String name;
    private final int cutsBefore;
    private volatile boolean broken;

    Connection(Line line, String name) {
      this.line = line;
      this.name = name;
      this.cutsBefore = line.cuts.get();
    }

    @Override
    public List<StreamEntry> past(@Nullable String after, int most) {
      requireOpen();
      NavigableMap<Long, StreamEntry> stream = stream(name);
      synchronized (stream) {
        return behind(stream, after, most);
      }
    }

    @Override
    public List<StreamEntry> read(@Nullable String after, int most) {
      requireOpen();
      NavigableMap<Long, StreamEntry> stream = stream(name);
      synchronized (stream) {
        if (behind(stream, after, 1).isEmpty()) {
          try {
            stream.wait(LONGEST_WAIT_MILLIS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          requireOpen();
        }
        return behind(stream, after, most);
      }
    }

    private static List<StreamEntry> behind(
        NavigableMap<Long, StreamEntry> stream, @Nullable String after, int most) {
      long from = after == null ? Long.MIN_VALUE : Long.parseLong(after);
      return stream.tailMap(from, false).values().stream().limit(most).toList();
    }

    @Override
    public Future<?> send(byte[] message, byte[] signature) {
      requireOpen();
      add(name, message, signature);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void trim(String newest, Duration age) {
      NavigableMap<Long, StreamEntry> stream = stream(name);
      synchronized (stream) {
        stream.headMap(Long.parseLong(newest) - age.toMillis() * IDS_PER_MILLISECOND).clear();
      }
    }

    private void requireOpen() {
      if (isBroken()) {
        throw new IllegalStateException("the connection is lost");
      }
    }

    @Override
    public void markBroken() {
      broken = true;
    }

    @Override
    public boolean isBroken() {
      return broken || line.cuts.get() != cutsBefore;
    }

    @Override
    public void close() {
      broken = true;
    }
  }
}
