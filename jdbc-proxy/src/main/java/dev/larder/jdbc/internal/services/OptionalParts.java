package dev.larder.jdbc.internal.services;

import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parts that are on the class path or the module path if they are wanted. Thread-safe. */
public final class OptionalParts {

  private static final Logger log = LoggerFactory.getLogger(OptionalParts.class);

  private OptionalParts() {}

  /**
   * Looks for one, first where Larder itself was loaded from; then where the running application
   * was, for containers that share one Larder among applications.
   */
  public static <S> Optional<S> find(Class<S> service) {
    ModuleLayer layer = service.getModule().getLayer();
    Optional<S> beside =
        layer == null ? Optional.empty() : first(ServiceLoader.load(layer, service));
    return beside
        .or(() -> first(ServiceLoader.load(service, service.getClassLoader())))
        .or(() -> first(ServiceLoader.load(service)));
  }

  private static <S> Optional<S> first(ServiceLoader<S> loader) {
    try {
      return loader.findFirst();
    } catch (ServiceConfigurationError | LinkageError unusable) {
      // One that belongs to another copy of Larder, or whose own dependencies are missing.
      log.debug("A part that was found cannot be used", unusable);
      return Optional.empty();
    }
  }
}
