package dev.larder.jdbc.internal.execution;

import dev.larder.invalidation.ledger.OpenCommit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A call that sends a statement, with what the protocol around it needs to know. Used once, by one
 * thread.
 *
 * @param parameter the text of the parameter at a position, or null where it has none
 * @param commitHolder takes over the open commit of a statement that the server may still be at
 *     work on until its result is read; null where there is no such thing
 * @param touched the least number of rows that one of its statements touched; less than 0 where
 *     that is not told
 */
public record DriverCall<T>(
    StatementRunner.Call<T> call,
    IntFunction<@Nullable String> parameter,
    @Nullable Consumer<OpenCommit> commitHolder,
    TouchedRows<T> touched) {

  /** Where there are none, or nobody asks for them. */
  public static final IntFunction<@Nullable String> NO_PARAMETERS = position -> null;

  /** A call without parameters, which is over when it returns. */
  public static <T> DriverCall<T> of(StatementRunner.Call<T> call) {
    return new DriverCall<>(call, NO_PARAMETERS, null, TouchedRows::of);
  }
}
