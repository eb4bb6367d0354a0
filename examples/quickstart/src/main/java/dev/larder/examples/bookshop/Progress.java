package dev.larder.examples.bookshop;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Tells how far a step is: one line that is written over on a terminal, a plain line every few
 * seconds elsewhere. For one thread.
 */
final class Progress {
  private static final int BAR = 24;
  private static final long PLAIN_NANOS = 3_000_000_000L;
  private static final long TERMINAL_NANOS = 100_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private final String step;
  private long lastLine = System.nanoTime();

  Progress(PrintStream out, boolean terminal, String step) {
    this.out = out;
    this.terminal = terminal;
    this.step = step;
    if (terminal) {
      draw(0, "");
    }
  }

  /**
   * @param share how much is done, 0 to 1
   */
  void at(double share, String words) {
    long sinceLastLine = System.nanoTime() - lastLine;
    if (sinceLastLine < (terminal ? TERMINAL_NANOS : PLAIN_NANOS)) {
      return;
    }
    lastLine = System.nanoTime();
    if (terminal) {
      draw(share, words);
    } else {
      out.printf(Locale.ROOT, "  %-28s %3.0f %%  %s%n", step, share * 100, words);
    }
  }

  private void draw(double share, String words) {
    int full = (int) Math.round(share * BAR);
    String bar = "#".repeat(full) + ".".repeat(BAR - full);
    out.printf(Locale.ROOT, "\r  %-28s [%s] %3.0f %%  %-28s", step, bar, share * 100, words);
    out.flush();
  }

  void done(String words) {
    out.printf(Locale.ROOT, "%s  %-28s %-62s%n", terminal ? "\r" : "", step, words);
  }

  /** Whether the output of this process goes to a terminal, on the JDKs before and after 22. */
  static boolean onTerminal() {
    java.io.Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException olderJdk) {
      return true;
    } catch (ReflectiveOperationException unknown) {
      return false;
    }
  }
}
