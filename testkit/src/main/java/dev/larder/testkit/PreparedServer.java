package dev.larder.testkit;

import java.util.List;
import java.util.Map;

/**
 * A server whose data are made and which is not started yet. Immutable.
 *
 * @param endpoint where it will listen
 */
record PreparedServer(
    Endpoint endpoint,
    List<String> command,
    Map<String, String> environment,
    ServerProcess.Readiness readiness) {

  PreparedServer {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
