package dev.larder.jdbc.internal.transport;

import dev.larder.jdbc.internal.services.OptionalParts;
import java.util.List;
import java.util.Optional;

/** The transports that are on the class path or the module path. Thread-safe. */
public final class StreamTransports {

  private StreamTransports() {}

  /** Looks for one. */
  public static Optional<StreamTransport> find() {
    return OptionalParts.find(StreamTransport.class);
  }

  /**
   * Why these addresses cannot be used.
   *
   * @param uris as the setting gives them
   * @return nothing where they can, or where there are none
   */
  public static Optional<String> problem(List<String> uris) {
    if (uris.isEmpty()) {
      return Optional.empty();
    }
    Optional<StreamTransport> found = find();
    if (found.isEmpty()) {
      return Optional.of(
          "the dependency dev.larder:larder-redis must be on the class path or the module path");
    }
    return found.get().accepts(uris)
        ? Optional.empty()
        : Optional.of(found.get().name() + "'s client does not take it as a URI");
  }
}
