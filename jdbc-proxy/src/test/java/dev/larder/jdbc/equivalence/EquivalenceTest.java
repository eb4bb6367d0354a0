package dev.larder.jdbc.equivalence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.larder.jdbc.equivalence.TwoDatabases.Way;
import dev.larder.testkit.Product;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An application sees the same with Larder and without, whatever it does.
 *
 * <p>{@code -Dlarder.test.seed=N} replays one seed. {@code mvn verify -Plong} runs the long
 * profile; {@code -Dlarder.test.steps=N} says how many steps it has per product.
 */
class EquivalenceTest {

  private static final int STEPS_PER_SEED = 450;
  private static final int TRIALS_TO_SHRINK = 1_000;

  @ParameterizedTest
  @EnumSource(Product.class)
  void fewSeeds(Product product) {
    run(product, 1, product == Product.H2 ? 5400 : 1800);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(Product.class)
  void manySeeds(Product product) {
    long first = Long.getLong("larder.test.first-seed", System.currentTimeMillis() / 1000);
    run(product, first, Integer.getInteger("larder.test.steps", 70_000));
  }

  @Test
  void aConnectionThatGoesPastLarderIsFound() {
    long seed = 1;
    Difference found = null;
    while (found == null && seed < 20) {
      seed++;
      found = difference(Product.H2, Way.THIRD_CONNECTION_PAST_LARDER, seed, new Totals());
    }
    if (found == null) {
      fail("no seed shows that a connection writes past Larder");
    } else {
      Difference shrunken = shrunken(Product.H2, Way.THIRD_CONNECTION_PAST_LARDER, seed, found, 50);
      assertThat(shrunken.script()).hasSizeLessThan(found.script().size());
      assertThat(shrunken.script()).anyMatch(step -> step.on() == 2);
      assertThat(shrunken.raw().matches(shrunken.larder())).isFalse();
    }
  }

  private static final class Totals {
    int steps;
    int reads;
    long hits;
    long failures;
    int abandoned;
  }

  private static void run(Product product, long firstSeed, int steps) {
    Totals totals = new Totals();
    Long only = Long.getLong("larder.test.seed");
    LongStream seeds =
        only != null ? LongStream.of(only) : LongStream.iterate(firstSeed, seed -> seed + 1);
    for (long seed : (Iterable<Long>) seeds::iterator) {
      Difference difference = difference(product, Way.WHOLE, seed, totals);
      if (difference != null) {
        System.out.printf("%s differs, seed %d: shrinking%n", product, seed);
        Difference shrunken = shrunken(product, Way.WHOLE, seed, difference, TRIALS_TO_SHRINK);
        fail(
            "%s, -Dlarder.test.seed=%d, shrunken from %d steps to %d:%n%s"
                .formatted(
                    product, seed, difference.script().size(), shrunken.script().size(), shrunken));
      }
      if (totals.steps >= steps) {
        break;
      }
    }
    double ratio = (double) totals.hits / totals.reads;
    System.out.printf(
        "%s: seeds from %d, %d statements, %d reads, %.0f %% of them hits, %d failures, %d seeds"
            + " cut short%n",
        product,
        firstSeed,
        totals.steps,
        totals.reads,
        100 * ratio,
        totals.failures,
        totals.abandoned);
    // Transactions are REPEATABLE READ by themselves there, and go to the database until one of
    // their
    // queries is known to have fixed a snapshot.
    double least = product.speaksMySql() ? 0.15 : 0.2;
    assertThat(ratio).as("share of reads answered from memory").isGreaterThan(least);
    // The catalogue cannot be read while a step keeps what it asks for locked, now and then.
    assertThat(totals.failures).as("failures of the cache itself").isLessThan(1 + steps / 10_000);
  }

  private static @Nullable Difference difference(
      Product product, Way way, long seed, Totals totals) {
    Workload workload = new Workload(product, seed);
    try (TwoDatabases two = new TwoDatabases(product, way, Workload.isServerPrepared(seed))) {
      while (two.steps() < STEPS_PER_SEED && !two.isAbandoned()) {
        Step step = workload.next();
        Difference difference = two.perform(step);
        if (difference != null) {
          return difference;
        }
        workload.answered(step, two.last());
      }
      totals.abandoned += two.isAbandoned() ? 1 : 0;
      totals.steps += two.steps();
      totals.reads += two.reads();
      totals.hits += two.statistics().hits();
      totals.failures += two.statistics().failures();
      return null;
    }
  }

  private static Difference shrunken(
      Product product, Way way, long seed, Difference found, int trials) {
    boolean serverPrepared = Workload.isServerPrepared(seed);
    return new Shrinker(
            (List<Step> script) ->
                TwoDatabases.firstDifference(product, way, serverPrepared, script),
            trials)
        .shrink(found);
  }
}
