package dev.larder.jdbc.internal.console;

import dev.larder.jdbc.Setting;
import dev.larder.jdbc.internal.services.OptionalParts;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the console of a data source where the settings ask for one. Thread-safe. */
public final class Consoles {

  private static final Logger log = LoggerFactory.getLogger(Consoles.class);

  private Consoles() {}

  /** Why there can be no console; nothing where there can. */
  public static Optional<String> problem() {
    return OptionalParts.find(ConsoleModule.class).isPresent()
        ? Optional.empty()
        : Optional.of(
            "the dependency dev.larder:larder-console must be on the class path or the module path,"
                + " and the JDK's module jdk.httpserver must be there");
  }

  /**
   * Opens one and says where it is. One that cannot be had is no reason not to answer queries.
   *
   * @param port 0 for none
   * @return null where there is none
   */
  public static ConsoleModule.@Nullable Opened open(int port, ConsoleSubject subject) {
    ConsoleModule module = port == 0 ? null : OptionalParts.find(ConsoleModule.class).orElse(null);
    if (module == null) {
      return null;
    }
    try {
      ConsoleModule.Opened opened = module.open(port, subject);
      log.info("The console of {} is at {}", subject.name(), opened.address());
      return opened;
    } catch (IOException | RuntimeException | LinkageError refused) {
      log.warn(
          "{} = {}: {} has no console ({})",
          Setting.CONSOLE_PORT.property(),
          port,
          subject.name(),
          refused.toString());
      return null;
    }
  }
}
