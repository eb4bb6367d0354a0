package dev.larder.jdbc.internal.pool;

import dev.larder.jdbc.internal.pool.SizeDecision.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the size at which a pool answers most, from how it did at the sizes it had. Not
 * thread-safe.
 */
final class SizeSearch {

  /*
   * While callers wait, a pool's throughput is its size divided by its service time, so that comparing the throughput before and
   * after a step is comparing how much worse the service time became with how much larger the pool did: the gradient. A step that
   * did not pay is undone, and the next one waits, twice as long each time, so that a pool that has found its size is left alone.
   * Two guards stand before it (the classic ones): no step up unless more than 80 % are in use and callers wait, and a step down
   * whenever fewer than 30 % are in use and nobody waits; that one not below the size it began with, since nothing is saved by it
   * (what is idle is closed anyway) and the next burst would wait.
   *
   * A server that others use too answers now more and now less. So a step is judged by one window only where the difference is
   * clear, and else by the mean of several; and by no window in which its connections were still being opened, which takes seconds
   * on a machine whose processors are all taken.
   *
   * Throughput need not rise all the way to its top: 16 connections may answer no more than 10, and 32 much more. So a search that
   * begins, and one after a change of the workload, climbs on in steps of a half until a size answers much less than another did,
   * and then takes the smallest that answered nearly the most. From 10 to 100 connections takes six windows where each helps, and
   * twelve where none does.
   */
  private static final double BUSY = 0.8;
  private static final double IDLE = 0.3;
  private static final double SOMEBODY_WAITS = 0.5;

  /**
   * How much more a larger size must answer to be worth it: above what means of several windows
   * differ by.
   */
  private static final double WORTH_MORE = 1.03;

  /** How much less than the most the size may answer that a climb ends with. */
  private static final double NEARLY = 0.97;

  /** A difference that one window is enough for. */
  private static final double CLEARLY_MORE = 1.25;

  private static final double CLEARLY_LESS = 0.8;

  /** What ends a climb: a valley is less deep. */
  private static final double MUCH_LESS = 0.7;

  /** How many windows a step is judged by at most, and how many tell what was before it. */
  private static final int ENOUGH_WINDOWS = 4;

  /** The same while it climbs: the size is chosen from all that it passed, and trials follow. */
  private static final int ENOUGH_ON_THE_WAY_UP = 2;

  /** A service time that differs by so much at one size is another workload. */
  private static final double OTHER_WORKLOAD = 1.6;

  private static final int FIRST_REST = 3;
  private static final int REST_AFTER_CLIMB = 12;
  private static final int LONGEST_REST = 48;
  private static final int WINDOWS_OF_IDLENESS = 4;

  /** What a size answered on the way up. */
  private record Rung(int size, double answered, double service) {}

  private enum Direction {
    NONE,
    UP,
    DOWN
  }

  private final int first;
  private final int least;
  private int size;

  // The step under way: what it is compared with.
  private Direction trying = Direction.NONE;
  private int sizeBefore;
  private double answeredBefore;

  /** The climb under way, from below; empty where none is. */
  private final List<Rung> climb = new ArrayList<>();

  /** Whether it still climbs, so that the next step is up; else it compares neighbours. */
  private boolean climbs = true;

  // How it did at this size while callers waited.
  private double answered;
  private int windows;
  private double service;

  // When the next one may be taken.
  private Direction next = Direction.UP;
  private int rest;
  private int nextRest = FIRST_REST;

  /** How long a connection was in use each time, at the size that a step back leads to. */
  private double usualService;

  private int idleWindows;

  /**
   * @param size what the pool begins with
   * @param least what it never goes below
   */
  SizeSearch(int size, int least) {
    this.first = size;
    this.size = size;
    this.least = least;
  }

  int size() {
    return size;
  }

  /**
   * What the pool's maximum should be.
   *
   * @param window how it did since the last decision
   * @param most what the server and the settings allow at the moment
   */
  SizeDecision decide(SizeWindow window, int most) {
    SizeDecision decision = size > most ? shrinkTo(most) : search(window, most);
    size = decision.size();
    return decision;
  }

  private SizeDecision shrinkTo(int most) {
    endStep(Direction.UP);
    return new SizeDecision(Math.max(least, most), Reason.SERVER_HAS_FEW);
  }

  private SizeDecision search(SizeWindow window, int most) {
    boolean waits = window.waiting() >= SOMEBODY_WAITS;
    if (window.active() < IDLE * size && !waits) {
      return idle();
    }
    idleWindows = 0;
    if (!waits) {
      // Enough for what is asked, and nothing to compare with.
      if (!climb.isEmpty()) {
        climb.add(new Rung(size, window.answered(), window.service()));
        return found();
      }
      leaveStep();
      return SizeDecision.stay(size);
    }
    if (window.open() < size - SOMEBODY_WAITS || window.spokenFor() <= BUSY * size) {
      // Connections are still being opened.
      return SizeDecision.stay(size);
    }
    if (trying != Direction.NONE && isAnotherWorkload(window)) {
      startAfresh(window.answered() < answeredBefore ? Direction.UP : Direction.DOWN);
    }
    windows = Math.min(windows + 1, ENOUGH_WINDOWS);
    answered += (window.answered() - answered) / windows;
    service = window.service();
    return switch (trying) {
      case UP -> judgeMore(most);
      case DOWN -> judgeFewer();
      case NONE -> begin(window, most);
    };
  }

  /** Whether what is answered since a step differs by more than the step can have done. */
  private boolean isAnotherWorkload(SizeWindow window) {
    double more = Math.max(1, (double) size / sizeBefore);
    double less = Math.min(1, (double) size / sizeBefore);
    return window.answered() > OTHER_WORKLOAD * more * answeredBefore
        || window.answered() * OTHER_WORKLOAD < less * answeredBefore;
  }

  private void startAfresh(Direction direction) {
    leaveStep();
    climbs = direction == Direction.UP;
    next = direction;
    rest = 0;
    nextRest = FIRST_REST;
  }

  private void leaveStep() {
    trying = Direction.NONE;
    climb.clear();
    forgetAnswered();
  }

  private void forgetAnswered() {
    answered = 0;
    windows = 0;
  }

  private SizeDecision idle() {
    leaveStep();
    if (++idleWindows < WINDOWS_OF_IDLENESS || size <= first) {
      return SizeDecision.stay(size);
    }
    idleWindows = 0;
    startAfresh(Direction.UP);
    return new SizeDecision(Math.max(first, fewer()), Reason.FEW_ARE_USED);
  }

  private SizeDecision judgeMore(int most) {
    boolean helped = answered >= CLEARLY_MORE * answeredBefore;
    boolean hurt = !climbs && answered < CLEARLY_LESS * answeredBefore;
    if (!helped && !hurt && !isJudgedEnough()) {
      return SizeDecision.stay(size);
    }
    if (climbs) {
      return climbOn(helped, most);
    }
    if (helped || answered >= WORTH_MORE * answeredBefore) {
      nextRest = FIRST_REST;
      return step(Direction.UP, more(most), Reason.MORE_HELPED);
    }
    return undo(Direction.DOWN, Reason.MORE_DID_NOT_HELP);
  }

  private SizeDecision climbOn(boolean helped, int most) {
    climb.add(new Rung(size, answered, service));
    return more(most) == size || answered < MUCH_LESS * mostAnswered()
        ? found()
        : step(Direction.UP, more(most), helped ? Reason.MORE_HELPED : Reason.TRIES_MORE);
  }

  private double mostAnswered() {
    return climb.stream().mapToDouble(Rung::answered).max().orElse(0);
  }

  private SizeDecision found() {
    double enough = NEARLY * mostAnswered();
    Rung best =
        climb.stream()
            .filter(rung -> rung.answered() >= enough)
            .findFirst()
            .orElseThrow(IllegalStateException::new);
    climbs = false;
    nextRest = REST_AFTER_CLIMB;
    endStep(Direction.DOWN);
    usualService = best.service();
    return best.size() == size
        ? SizeDecision.stay(size)
        : new SizeDecision(best.size(), Reason.FOUND);
  }

  private SizeDecision judgeFewer() {
    if (answered >= CLEARLY_MORE * answeredBefore
        || (isJudgedEnough() && answered >= answeredBefore)) {
      return step(Direction.DOWN, fewer(), Reason.FEWER_SUFFICED);
    }
    return isJudgedEnough() || answered < CLEARLY_LESS * answeredBefore
        ? undo(Direction.UP, Reason.FEWER_DID_NOT_SUFFICE)
        : SizeDecision.stay(size);
  }

  private boolean isJudgedEnough() {
    return windows >= (climbs ? ENOUGH_ON_THE_WAY_UP : ENOUGH_WINDOWS);
  }

  private SizeDecision begin(SizeWindow window, int most) {
    boolean otherWorkload =
        usualService > 0
            && (service > usualService * OTHER_WORKLOAD || service * OTHER_WORKLOAD < usualService);
    if (otherWorkload) {
      startAfresh(service > usualService ? Direction.UP : Direction.DOWN);
      answered = window.answered();
      windows = 1;
    }
    usualService = service;
    if (rest > 0) {
      rest--;
      return SizeDecision.stay(size);
    }
    if (climbs) {
      return climbOn(false, most);
    }
    return next == Direction.UP
        ? step(Direction.UP, more(most), Reason.TRIES_MORE)
        : step(Direction.DOWN, fewer(), Reason.TRIES_FEWER);
  }

  private SizeDecision step(Direction direction, int to, Reason reason) {
    if (to == size) {
      // At a bound: the other way is all that is left to try.
      endStep(direction == Direction.UP ? Direction.DOWN : Direction.UP);
      return SizeDecision.stay(size);
    }
    trying = direction;
    sizeBefore = size;
    answeredBefore = answered;
    usualService = service;
    forgetAnswered();
    return new SizeDecision(to, reason);
  }

  private SizeDecision undo(Direction after, Reason reason) {
    int back = sizeBefore;
    endStep(after);
    return new SizeDecision(back, reason);
  }

  private void endStep(Direction after) {
    leaveStep();
    next = after;
    rest = nextRest;
    nextRest = Math.min(LONGEST_REST, nextRest * 2);
  }

  private int more(int most) {
    return Math.min(most, Math.max(size + 1, size + size / 2));
  }

  private int fewer() {
    return Math.max(least, Math.min(size - 1, size - size / 4));
  }
}
