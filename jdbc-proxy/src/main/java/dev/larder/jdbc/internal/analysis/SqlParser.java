package dev.larder.jdbc.internal.analysis;

import dev.larder.invalidation.concurrent.DaemonThreads;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import net.sf.jsqlparser.parser.AbstractJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.parser.feature.Feature;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/**
 * Asks JSqlParser for a query's names, within a bounded time. Thread-safe.
 *
 * <p>The parser never sees a literal: every one is replaced by a fixed one of its sort, so that
 * what it says holds for every text of the same template.
 */
final class SqlParser {

  /*
   * JSqlParser has inputs that cost exponential time. Parses run on a few daemon threads of their
   * own, with a stack that bears deep texts. Past the time-out the parser's own flag is raised, and
   * the next time it asks for one of its settings, which its look-aheads do throughout, it meets an
   * exception: the thread comes back. Only the processor time of the parse itself counts: a machine
   * that is busy with something else says nothing of the text. A text that never got a thread is
   * told apart (Unsettled), since nothing was learnt about it.
   */

  /** What the parser said of a query. */
  sealed interface Outcome permits Names, Refused, Unfinished {}

  record Names(Set<ObjectName> tables, Set<ObjectName> functions) implements Outcome {}

  record Refused(String why) implements Outcome {}

  /** It said nothing in the time it had; on a machine less busy it may. */
  record Unfinished(String why) implements Outcome {}

  /** No thread was free in time; another attempt may well succeed. */
  static final class Unsettled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unsettled() {
      super("no thread was free to parse", null, false, false);
    }
  }

  /** The parse took too long. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super("stopped", null, false, false);
    }
  }

  /** How many times the limit a caller waits for it to be used, and for a thread. */
  private static final int PATIENCE = 10;

  private static final int THREADS = 2;
  private static final int WAITING = 256;
  private static final long STACK_BYTES = 4L << 20;

  private static final class Threads {
    static final ThreadPoolExecutor POOL = pool();

    private static ThreadPoolExecutor pool() {
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(
              THREADS,
              THREADS,
              10,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(WAITING),
              DaemonThreads.named("larder-parser", STACK_BYTES),
              (task, executor) -> {
                throw new Unsettled();
              });
      pool.allowCoreThreadTimeOut(true);
      return pool;
    }
  }

  /** JSqlParser, made to stop. */
  private static final class Stoppable extends CCJSqlParser {
    private final ProcessorTime time;

    Stoppable(String sql, ProcessorTime time) {
      super(new StringProvider(sql));
      this.time = time;
    }

    @Override
    public boolean getAsBoolean(Feature feature) {
      if (time.isOver()) {
        interrupted = true;
        throw new Stopped();
      }
      return super.getAsBoolean(feature);
    }
  }

  private final SqlSyntax syntax;
  private final AbstractJSqlParser.Dialect grammar;
  private final Duration timeout;
  private final boolean refuses;

  SqlParser(SqlSyntax syntax, Duration timeout) {
    this(syntax, timeout, false);
  }

  private SqlParser(SqlSyntax syntax, Duration timeout, boolean refuses) {
    this.syntax = syntax;
    this.grammar = AbstractJSqlParser.Dialect.valueOf(syntax.grammar());
    this.timeout = timeout;
    this.refuses = refuses;
  }

  /** A parser that understands nothing, for when no thread is free. */
  SqlParser refusing() {
    return new SqlParser(syntax, timeout, true);
  }

  Outcome parse(Statement statement) {
    if (refuses) {
      return new Unfinished("the parser was busy");
    }
    String text = ParserText.of(statement);
    return parse(text, () -> ParserText.simplified(statement));
  }

  private Outcome parse(String text, Supplier<String> simplified) {
    CompletableFuture<Outcome> answer = new CompletableFuture<>();
    AtomicReference<@Nullable Stoppable> running = new AtomicReference<>();
    Threads.POOL.execute(
        () -> {
          if (answer.isDone()) {
            return;
          }
          try {
            answer.complete(attempt(text, simplified, running));
          } catch (RuntimeException | Error unexpected) {
            answer.completeExceptionally(unexpected);
          }
        });
    try {
      return await(answer, running);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      answer.cancel(false);
      throw new Unsettled();
    } catch (ExecutionException impossible) {
      return new Refused("the parser failed");
    }
  }

  private Outcome await(
      CompletableFuture<Outcome> answer, AtomicReference<@Nullable Stoppable> running)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + PATIENCE * timeout.toNanos();
    long wait = timeout.toNanos();
    while (true) {
      try {
        return answer.get(wait, TimeUnit.NANOSECONDS);
      } catch (TimeoutException late) {
        Stoppable parser = running.get();
        long rest = end - System.nanoTime();
        // A parser that is past its time looks at the clock soon, or never.
        long left = parser == null ? rest : parser.time.left() + timeout.toNanos();
        if (rest <= 0 || left <= 0) {
          answer.cancel(false);
          if (parser == null) {
            throw new Unsettled();
          }
          parser.interrupted = true;
          return new Unfinished("parsing took too long");
        }
        wait = Math.min(left, rest);
      }
    }
  }

  /**
   * Asks for the text as it is and then, as few are not understood at once, for what is simpler,
   * within one limit.
   */
  private Outcome attempt(
      String text, Supplier<String> simplified, AtomicReference<@Nullable Stoppable> running) {
    ProcessorTime time = new ProcessorTime(timeout.toNanos());
    Outcome outcome = attempt(text, new Refused("no text"), time, running);
    if (!(outcome instanceof Refused)) {
      return outcome;
    }
    String simpler = simplified.get();
    return simpler.equals(text) ? outcome : attempt(simpler, outcome, time, running);
  }

  private Outcome attempt(
      String text,
      Outcome before,
      ProcessorTime time,
      AtomicReference<@Nullable Stoppable> running) {
    Outcome outcome = before;
    for (boolean complex : new boolean[] {false, true}) {
      if (outcome instanceof Refused && time.left() > 0) {
        outcome = attempt(text, complex, time, running);
      }
    }
    return outcome;
  }

  @SuppressWarnings("CatchingUnchecked")
  private Outcome attempt(
      String text,
      boolean complex,
      ProcessorTime time,
      AtomicReference<@Nullable Stoppable> running) {
    try {
      Stoppable parser = new Stoppable(text, time);
      parser.withDialect(grammar).withAllowComplexParsing(complex);
      running.set(parser);
      net.sf.jsqlparser.statement.Statement statement = parser.Statement();
      if (!(statement instanceof Select)) {
        return new Refused("the parser does not see a query");
      }
      return new ParsedNames(syntax).of(statement);
    } catch (Stopped late) {
      return new Unfinished("parsing took too long");
    } catch (StackOverflowError | OutOfMemoryError e) {
      return new Refused("the text is too deeply nested to be parsed");
    } catch (Exception | LinkageError e) {
      return new Refused("the text could not be parsed");
    }
  }
}
