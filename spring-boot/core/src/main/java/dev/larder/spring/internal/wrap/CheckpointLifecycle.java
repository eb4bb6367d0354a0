package dev.larder.spring.internal.wrap;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.larder.spring.LarderDataSources;
import dev.larder.spring.LarderDataSources.Wrapped;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.ClassUtils;

/**
 * Stops and starts with the application's context, as it does around a checkpoint: connections of a
 * pool below are closed before, and everything is forgotten after, because nobody knows what others
 * wrote while the process was an image on a disk. Thread-safe.
 */
public final class CheckpointLifecycle implements SmartLifecycle {

  /*
   * Boot does the same for a HikariCP pool that it sees (HikariCheckpointRestoreLifecycle), and
   * sees none behind a LarderDataSource. As there, a pool is suspended only where it allows that.
   */

  private static final Logger log = LoggerFactory.getLogger(CheckpointLifecycle.class);

  private static final boolean HAS_HIKARI =
      ClassUtils.isPresent(
          "com.zaxxer.hikari.HikariDataSource", CheckpointLifecycle.class.getClassLoader());

  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final LarderDataSources dataSources;
  private volatile boolean running;
  private volatile boolean wasStopped;

  public CheckpointLifecycle(LarderDataSources dataSources) {
    this.dataSources = dataSources;
  }

  @Override
  public void start() {
    if (wasStopped) {
      wasStopped = false;
      for (Wrapped wrapped : dataSources.all().values()) {
        if (HAS_HIKARI) {
          Pools.resume(wrapped.below());
        }
        wrapped.larder().invalidation().everything();
      }
    }
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    wasStopped = true;
    if (HAS_HIKARI) {
      dataSources.all().values().forEach(wrapped -> Pools.suspend(wrapped.below()));
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Last to stop and first to start: whoever uses a DataSource may do so until then. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }

  /** What asks for HikariCP's classes, which need not be there. */
  private static final class Pools {

    static void suspend(DataSource below) {
      if (below instanceof HikariDataSource hikari
          && hikari.isRunning()
          && hikari.isAllowPoolSuspension()) {
        HikariPoolMXBean pool = hikari.getHikariPoolMXBean();
        pool.suspendPool();
        pool.softEvictConnections();
        long deadline = System.nanoTime() + LONGEST_WAIT_NANOS;
        while (pool.getTotalConnections() > 0 && System.nanoTime() < deadline) {
          LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        if (pool.getTotalConnections() > 0) {
          log.warn("{} connections of {} are still in use", pool.getTotalConnections(), hikari);
        }
      }
    }

    static void resume(DataSource below) {
      if (below instanceof HikariDataSource hikari
          && hikari.getHikariPoolMXBean() != null
          && hikari.isAllowPoolSuspension()) {
        hikari.getHikariPoolMXBean().resumePool();
      }
    }
  }
}
