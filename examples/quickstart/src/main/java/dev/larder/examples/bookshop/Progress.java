package dev.larder.examples.bookshop;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Tells how far a step is: one line that is written over on a terminal, a plain line every few
 * seconds elsewhere. For one thread.
 */
final class Progress {
  private static final int BAR = 24;
  private static final long PLAIN_LINE_NANOS = 3_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private final String step;
  private long lastPlainLine = System.nanoTime();

  Progress(PrintStream out, boolean terminal, String step) {
    this.out = out;
    this.terminal = terminal;
    this.step = step;
    if (terminal) {
      at(0, "");
    }
  }

  /**
   * @param share how much is done, 0 to 1
   */
  void at(double share, String words) {
    if (terminal) {
      int full = (int) Math.round(share * BAR);
      String bar = "#".repeat(full) + ".".repeat(BAR - full);
      out.printf(Locale.ROOT, "\r  %-28s [%s] %3.0f %%  %-28s", step, bar, share * 100, words);
      out.flush();
    } else if (System.nanoTime() - lastPlainLine > PLAIN_LINE_NANOS) {
      lastPlainLine = System.nanoTime();
      out.printf(Locale.ROOT, "  %-28s %3.0f %%  %s%n", step, share * 100, words);
    }
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
