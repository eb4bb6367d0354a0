package dev.larder.jdbc.internal.transport;

import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transports that are on the class path or the module path. Thread-safe. */
public final class StreamTransports {

  private static final Logger log = LoggerFactory.getLogger(StreamTransports.class);

  private StreamTransports() {}

  /**
   * Looks for one, first where Larder itself was loaded from; then where the running application
   * was, for containers that share one Larder among applications.
   */
  public static Optional<StreamTransport> find() {
    Class<StreamTransport> service = StreamTransport.class;
    ModuleLayer layer = service.getModule().getLayer();
    Optional<StreamTransport> beside =
        layer == null ? Optional.empty() : first(ServiceLoader.load(layer, service));
    return beside
        .or(() -> first(ServiceLoader.load(service, service.getClassLoader())))
        .or(() -> first(ServiceLoader.load(service)));
  }

  private static Optional<StreamTransport> first(ServiceLoader<StreamTransport> loader) {
    try {
      return loader.findFirst();
    } catch (ServiceConfigurationError | LinkageError unusable) {
      // One that belongs to another copy of Larder, or whose client is missing.
      log.debug("A transport that was found cannot be used", unusable);
      return Optional.empty();
    }
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
