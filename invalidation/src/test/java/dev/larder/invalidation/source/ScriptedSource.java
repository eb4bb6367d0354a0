package dev.larder.invalidation.source;

import dev.larder.invalidation.ledger.Reach;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A far end that does what a test tells it to, faults included. Thread-safe: the test speaks from
 * its own thread.
 */
final class ScriptedSource implements ChangeSource {

  /** What comes over the wire. */
  interface Message {
    void arrive(ChangeSink sink) throws Exception;
  }

  final BlockingQueue<Message> wire = new LinkedBlockingQueue<>();
  final AtomicInteger connects = new AtomicInteger();
  final AtomicInteger closes = new AtomicInteger();
  volatile boolean answersMarks = true;
  volatile boolean refuses;
  volatile long lastMark;
  volatile Reach reach = Reach.EVERY_TABLE;

  @Override
  public String name() {
    return "script";
  }

  @Override
  public SourceSession connect() throws Exception {
    if (refuses) {
      throw new IOException("refused");
    }
    connects.incrementAndGet();
    return new Session();
  }

  /** Ends the session as a lost connection does. */
  void cut() {
    wire.add(
        sink -> {
          throw new IOException("cut");
        });
  }

  private final class Session implements SourceSession {
    @Override
    public Reach reach() {
      return reach;
    }

    @Override
    public void read(ChangeSink sink) throws Exception {
      @Nullable Message message = wire.poll(2, TimeUnit.MILLISECONDS);
      if (message != null) {
        message.arrive(sink);
      }
    }

    @Override
    public void requestMark(long number) {
      lastMark = number;
      if (answersMarks) {
        wire.add(sink -> sink.marked(number));
      }
    }

    @Override
    public void close() {
      closes.incrementAndGet();
    }
  }
}
