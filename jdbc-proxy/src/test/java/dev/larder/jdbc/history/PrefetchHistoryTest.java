package dev.larder.jdbc.history;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.history.RegisterHistory.LookUp;
import dev.larder.testkit.Product;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.asm.MemberSubstitution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nobody who goes through the rows of a list sees less than was committed before, though most of
 * what they look up was loaded for them by one statement. All that was loaded is of use here, or
 * little would be loaded.
 */
final class PrefetchHistoryTest {

  private static final int ROWS = 60;
  private static final double SECONDS = 3;
  private static final double MOST_SECONDS = 90;

  private static final String EXPERIENCE = "dev.larder.jdbc.internal.prefetch.Experience";
  private static final AsmVisitorWrapper ALLOWED = Mutant.in("allows", Mutant.Yes.class);

  @ParameterizedTest
  @EnumSource(Product.class)
  void whatIsLookedUpIsNeverOlder(Product product) throws Exception {
    MutantLoader loader = new MutantLoader(Map.of(EXPERIENCE, List.of(ALLOWED)));
    assertThat(found(product, loader, SECONDS)).isNull();
  }

  /** As if the stamps had been taken when the answers were there. */
  @Test
  void stampsThatAreTakenAfterTheStatementAreFound() throws Exception {
    AsmVisitorWrapper always =
        MemberSubstitution.relaxed()
            .method(named("isCurrent").and(takesArguments(0)))
            .replaceWith(Injected.class.getMethod("yes", Object.class))
            .on(named("keep"));
    MutantLoader loader =
        new MutantLoader(
            Map.of(
                EXPERIENCE,
                List.of(ALLOWED),
                "dev.larder.jdbc.internal.execution.BatchLoad",
                List.of(always)));
    assertThat(found(Product.POSTGRESQL, loader, MOST_SECONDS)).contains("was committed");
    assertThat(loader.notLoaded()).isEmpty();
  }

  private static @Nullable String found(Product product, MutantLoader loader, double seconds)
      throws Exception {
    return new RegisterHistory(ROWS, ROWS / 4, 6, PrefetchHistoryTest::goThrough)
        .found(
            product,
            loader,
            RegisterHistory.settings(
                Map.of("larder.prefetch", "on", "larder.pool.maximum-size", "16")),
            "prefetched_used",
            seconds);
  }

  private static void goThrough(Connection connection, LookUp lookUp, RandomGenerator random)
      throws SQLException {
    try (PreparedStatement list =
            connection.prepareStatement("select id from register where id >= ? order by id");
        PreparedStatement query = connection.prepareStatement(RegisterHistory.BY_KEY)) {
      list.setInt(1, random.nextInt(ROWS / 2));
      List<Integer> rows = new ArrayList<>();
      try (ResultSet found = list.executeQuery()) {
        while (found.next()) {
          rows.add(found.getInt(1));
        }
      }
      for (int row : rows) {
        lookUp.by(query, row);
      }
    }
  }
}
