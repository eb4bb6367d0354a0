package dev.larder.testkit;

/** Placeholder. */
public final class Relay {
  static final String HOST = "127.0.0.1";

  int port() {
    return 0;
  }
}
