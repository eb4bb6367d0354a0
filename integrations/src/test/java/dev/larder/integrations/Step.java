package dev.larder.integrations;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One use of a library.
 *
 * @param what as a row of the document
 * @param kind whether it may be done twice
 * @param call gives what the library answered, in a form that equals does for
 */
record Step(String what, Kind kind, Callable<? extends @Nullable Object> call) {

  enum Kind {
    READ,
    WRITE
  }

  static Step read(String what, Callable<? extends @Nullable Object> call) {
    return new Step(what, Kind.READ, call);
  }

  static Step write(String what, Callable<? extends @Nullable Object> call) {
    return new Step(what, Kind.WRITE, call);
  }
}
