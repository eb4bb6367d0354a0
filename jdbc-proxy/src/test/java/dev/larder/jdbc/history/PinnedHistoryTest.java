package dev.larder.jdbc.history;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.history.RegisterHistory.LookUp;
import dev.larder.testkit.Product;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.asm.MemberSubstitution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nobody who looks a row of a pinned table up sees less than was committed before. */
final class PinnedHistoryTest {

  private static final int ROWS = 400;
  private static final double SECONDS = 3;
  private static final double MOST_SECONDS = 60;

  @ParameterizedTest
  @EnumSource(Product.class)
  void whatIsLookedUpIsNeverOlder(Product product) throws Exception {
    assertThat(found(product, new MutantLoader(Map.of()), SECONDS)).isNull();
  }

  @Test
  void aTableThatIsNotAskedForItsStampIsFound() throws Exception {
    AsmVisitorWrapper always =
        MemberSubstitution.relaxed()
            .method(named("isCurrent").and(takesArguments(1)))
            .replaceWith(Injected.class.getMethod("yes", Object.class, long.class))
            .on(named("answer"));
    MutantLoader loader =
        new MutantLoader(Map.of("dev.larder.jdbc.internal.pin.LookUp", List.of(always)));
    assertThat(found(Product.POSTGRESQL, loader, MOST_SECONDS)).contains("was committed");
    assertThat(loader.notLoaded()).isEmpty();
  }

  /** Half of the rows are written at once: some are asked for when the table was read again. */
  private static @Nullable String found(Product product, MutantLoader loader, double seconds)
      throws Exception {
    return new RegisterHistory(ROWS, ROWS / 2, 40, PinnedHistoryTest::readOne)
        .found(
            product,
            loader,
            RegisterHistory.settings(Map.of("larder.tables.pin", "register")),
            "pinned_look_ups",
            seconds);
  }

  private static void readOne(Connection connection, LookUp lookUp, RandomGenerator random)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(RegisterHistory.BY_KEY)) {
      lookUp.by(query, random.nextInt(ROWS));
    }
    LockSupport.parkNanos(random.nextInt(200_000));
  }
}
