package dev.larder.spring.internal.wrap;

import dev.larder.jdbc.InvalidSettingsException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at start which of Larder's settings are wrong, in place of a stack trace. Stateless. */
final class InvalidSettingsFailureAnalyzer
    extends AbstractFailureAnalyzer<InvalidSettingsException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingsException cause) {
    return new FailureAnalysis(
        String.valueOf(cause.getMessage()),
        "Correct the settings; docs/configuration.md has each with the values it takes.",
        cause);
  }
}
