package dev.larder.jdbc.internal.source.binlog;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.NullEventDataDeserializer;
import com.github.shyiko.mysql.binlog.network.AuthenticationException;
import com.github.shyiko.mysql.binlog.network.ServerException;
import dev.larder.invalidation.concurrent.DaemonThreads;
import dev.larder.jdbc.internal.source.SourceException;
import java.io.EOFException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The events of a binary log as they come. Read by one thread; {@link #close()} may be called by
 * any.
 *
 * <p>The client has a thread of its own, which waits while too many events are not read.
 */
final class LogStream implements AutoCloseable {

  private static final int MOST_WAITING = 1_000;
  private static final long LOOK_MILLIS = 50;

  /** Where numbers are that operators do not give to servers. */
  private static final int FIRST_SERVER_ID = 1 << 30;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final BinaryLogClient client;
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(MOST_WAITING);
  private volatile @Nullable Exception failure;
  private volatile boolean closed;

  private LogStream(BinaryLogClient client) {
    this.client = client;
  }

  /** Connects a client that was told where to begin, and returns when it has been let in. */
  static LogStream open(BinaryLogClient client, long patienceMillis)
      throws IOException, SourceException {
    LogStream stream = new LogStream(client);
    client.setServerId(FIRST_SERVER_ID + RANDOM.nextInt(FIRST_SERVER_ID));
    client.setHeartbeatInterval(BinlogTarget.heartbeatMillis());
    client.setThreadFactory(DaemonThreads.named("larder-binlog"));
    client.setEventDeserializer(deserializer());
    client.registerEventListener(stream::hand);
    client.registerLifecycleListener(stream.new Ending());
    boolean opened = false;
    try {
      client.connect(patienceMillis);
      opened = true;
      return stream;
    } catch (TimeoutException late) {
      throw new SourceException("the server did not answer in time", late);
    } catch (IOException refused) {
      throw explained(refused);
    } finally {
      if (!opened) {
        stream.close();
      }
    }
  }

  /** Compressed transactions stay so: what reads them is a library of its own. */
  private static EventDeserializer deserializer() {
    EventDeserializer deserializer = new EventDeserializer();
    deserializer.setCompatibilityMode(
        EventDeserializer.CompatibilityMode.CHAR_AND_BINARY_AS_BYTE_ARRAY,
        EventDeserializer.CompatibilityMode.INVALID_DATE_AND_TIME_AS_ZERO);
    deserializer.setEventDataDeserializer(
        EventType.TRANSACTION_PAYLOAD, new NullEventDataDeserializer());
    return deserializer;
  }

  private static SourceException explained(Exception refused) {
    String advice = "";
    if (refused instanceof AuthenticationException) {
      advice =
          ": the client of the binary log knows passwords of the plugins mysql_native_password"
              + " and caching_sha2_password only";
    } else if (refused instanceof ServerException) {
      advice = ": the user needs GRANT REPLICATION SLAVE ON *.* TO <user>";
    }
    return new SourceException(refused.getMessage() + advice, refused);
  }

  /**
   * The next event, or null where none comes in time.
   *
   * @throws Exception what ended the stream, when all that came before was taken
   */
  @Nullable Event next(long millis) throws Exception {
    Event event = events.poll(millis, TimeUnit.MILLISECONDS);
    if (event == null) {
      Exception ended = failure;
      // What ended it was told after the last event.
      event = ended == null ? null : events.poll();
      if (ended != null && event == null) {
        throw ended;
      }
    }
    return event;
  }

  /** The server's number of the connection. */
  long connectionId() {
    return client.getConnectionId();
  }

  private void hand(Event event) {
    try {
      boolean taken = false;
      while (!taken && !closed) {
        taken = events.offer(event, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      fail(e);
    }
  }

  private void fail(Exception why) {
    if (failure == null) {
      failure = why;
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      client.disconnect();
    } catch (IOException | RuntimeException e) {
      // It is as closed as it can be.
    }
  }

  /** Hears what ends the stream; an event that cannot be read does too. */
  private final class Ending extends BinaryLogClient.AbstractLifecycleListener {

    @Override
    public void onCommunicationFailure(BinaryLogClient ofClient, Exception why) {
      fail(why instanceof ServerException ? explained(why) : why);
    }

    @Override
    public void onEventDeserializationFailure(BinaryLogClient ofClient, Exception why) {
      fail(new SourceException("an event of the binary log cannot be read", why));
    }

    @Override
    public void onDisconnect(BinaryLogClient ofClient) {
      fail(new EOFException("the server has ended the stream of its binary log"));
    }
  }
}
