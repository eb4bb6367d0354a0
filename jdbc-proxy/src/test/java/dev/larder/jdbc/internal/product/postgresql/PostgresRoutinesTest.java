package dev.larder.jdbc.internal.product.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.catalog.Routine.Volatility;
import dev.larder.jdbc.internal.catalog.SearchPath;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What pg_proc says of a function. */
final class PostgresRoutinesTest {

  @Test
  void aPathOfItsOwnIsReadWithItsQuotesOff() {
    assertThat(PostgresRoutines.path("public, \"Other\""))
        .isEqualTo(new SearchPath(List.of("public", "Other")));
  }

  @Test
  void aPathThatDependsOnWhoCallsIsUnknown() {
    assertThat(PostgresRoutines.path("\"$user\", public")).isSameAs(SearchPath.UNKNOWN);
    assertThat(PostgresRoutines.path("public, pg_temp")).isSameAs(SearchPath.UNKNOWN);
  }

  @Test
  void anEmptyPathStillSearchesTheCatalogue() {
    assertThat(PostgresRoutines.path("")).isEqualTo(PostgresDefinitions.BUILT_IN_NAMES);
    assertThat(PostgresRoutines.path("\"\"")).isEqualTo(PostgresDefinitions.BUILT_IN_NAMES);
  }

  @Test
  void whatIsNeitherImmutableNorStableIsVolatile() {
    assertThat(PostgresRoutines.volatility("i")).isEqualTo(Volatility.IMMUTABLE);
    assertThat(PostgresRoutines.volatility("s")).isEqualTo(Volatility.STABLE);
    assertThat(PostgresRoutines.volatility("v")).isEqualTo(Volatility.VOLATILE);
    assertThat(PostgresRoutines.volatility("?")).isEqualTo(Volatility.VOLATILE);
  }
}
