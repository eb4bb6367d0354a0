package dev.larder.jdbc.internal.settings;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The checks of values that only other rooms understand, so that what they object to is reported
 * together with everything else. Immutable and thread-safe.
 *
 * @param functions throws IllegalArgumentException, with what is allowed, for a text of {@code
 *     larder.functions} that is not understood
 * @param redis why these URIs cannot be used; nothing where they can
 * @param console why there can be no console; nothing where there can
 */
public record SettingChecks(
    Consumer<String> functions,
    Function<List<String>, Optional<String>> redis,
    Supplier<Optional<String>> console) {

  /** Everything is allowed. */
  public static final SettingChecks NONE =
      new SettingChecks(anything -> {}, anything -> Optional.empty(), Optional::empty);
}
