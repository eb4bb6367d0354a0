package dev.larder.jdbc.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jdbc.internal.session.Interruptions;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose doing a failure was. */
class LeaseTest {

  @ParameterizedTest
  @CsvSource({"57014, true", "57P01, false", "08006, false", "42P01, false", ", false"})
  void onlyACancellationIsTheApplications(String state, boolean isCancelled) {
    assertThat(Interruptions.STANDARD.isInterruption(new SQLException("failed", state)))
        .isEqualTo(isCancelled);
  }
}
