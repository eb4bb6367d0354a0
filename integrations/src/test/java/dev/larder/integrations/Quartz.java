package dev.larder.integrations;

import dev.larder.testkit.Product;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.quartz.DateBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** Quartz, with its jobs in tables ({@code JobStoreTX}). */
final class Quartz implements Library {

  private static final AtomicInteger SCHEDULERS = new AtomicInteger();
  private static final JobKey JOB = new JobKey("water");
  private static final TriggerKey TRIGGER = new TriggerKey("daily");
  private static final BlockingQueue<String> DONE = new LinkedBlockingQueue<>();

  /** Says that it ran. */
  public static final class Water implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      DONE.add(context.getMergedJobDataMap().getString("plant"));
    }
  }

  /** Gives Quartz the connections of a DataSource. */
  private record Connections(DataSource dataSource) implements ConnectionProvider {
    @Override
    public Connection getConnection() throws SQLException {
      return dataSource.getConnection();
    }

    @Override
    public void initialize() {}

    @Override
    public void shutdown() {}
  }

  private final Scheduler scheduler;

  Quartz(DataSource dataSource, Product product) throws SchedulerException {
    new ResourceDatabasePopulator(
            new ClassPathResource(
                "org/quartz/impl/jdbcjobstore/tables_"
                    + (product == Product.H2 ? "h2" : "postgres")
                    + ".sql"))
        .execute(dataSource);
    String name = "scheduler" + SCHEDULERS.incrementAndGet();
    DBConnectionManager.getInstance().addConnectionProvider(name, new Connections(dataSource));
    Properties properties = new Properties();
    properties.setProperty("org.quartz.scheduler.instanceName", name);
    properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    properties.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
    properties.setProperty(
        "org.quartz.jobStore.driverDelegateClass",
        "org.quartz.impl.jdbcjobstore."
            + (product == Product.H2 ? "StdJDBCDelegate" : "PostgreSQLDelegate"));
    properties.setProperty("org.quartz.jobStore.dataSource", name);
    properties.setProperty("org.quartz.threadPool.threadCount", "1");
    scheduler = new StdSchedulerFactory(properties).getScheduler();
  }

  @Override
  public List<Step> steps() {
    return List.of(
        Step.write("a job and its trigger are stored", this::store),
        Step.read("`checkExists`", () -> scheduler.checkExists(JOB)),
        Step.read("the names of jobs", () -> scheduler.getJobKeys(GroupMatcher.anyGroup())),
        Step.read(
            "a job and its data",
            () -> scheduler.getJobDetail(JOB).getJobDataMap().getString("plant")),
        Step.read("a job's triggers", () -> scheduler.getTriggersOfJob(JOB).size()),
        Step.read("a trigger's state", () -> scheduler.getTriggerState(TRIGGER)),
        Step.write("pause, then the state", this::pause),
        Step.write("resume, then the state", this::resume),
        Step.write("the job runs", this::runOnce));
  }

  private String store() throws SchedulerException {
    scheduler.scheduleJob(
        JobBuilder.newJob(Water.class).withIdentity(JOB).usingJobData("plant", "fern").build(),
        TriggerBuilder.newTrigger()
            .withIdentity(TRIGGER)
            .startAt(DateBuilder.futureDate(1, DateBuilder.IntervalUnit.DAY))
            .withSchedule(SimpleScheduleBuilder.repeatHourlyForever())
            .build());
    return scheduler.getTriggerState(TRIGGER).name();
  }

  private String pause() throws SchedulerException {
    scheduler.pauseJob(JOB);
    return scheduler.getTriggerState(TRIGGER).name();
  }

  private String resume() throws SchedulerException {
    scheduler.resumeJob(JOB);
    return scheduler.getTriggerState(TRIGGER).name();
  }

  /** Last, since a scheduler that runs asks on its own. */
  private String runOnce() throws SchedulerException, InterruptedException {
    scheduler.start();
    scheduler.triggerJob(JOB);
    String done = DONE.poll(30, TimeUnit.SECONDS);
    return "ran for " + done;
  }

  @Override
  public void close() {
    try {
      scheduler.shutdown(true);
    } catch (SchedulerException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
