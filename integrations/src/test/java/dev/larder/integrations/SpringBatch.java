package dev.larder.integrations;

import dev.larder.testkit.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.batch.core.Job;
import org.springframework.batch.core.JobExecution;
import org.springframework.batch.core.JobParametersBuilder;
import org.springframework.batch.core.explore.JobExplorer;
import org.springframework.batch.core.explore.support.JobExplorerFactoryBean;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobLauncher;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JobRepositoryFactoryBean;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.item.ItemReader;
import org.springframework.batch.item.database.JdbcCursorItemReader;
import org.springframework.batch.item.database.JdbcPagingItemReader;
import org.springframework.batch.item.database.Order;
import org.springframework.batch.item.database.builder.JdbcCursorItemReaderBuilder;
import org.springframework.batch.item.database.builder.JdbcPagingItemReaderBuilder;
import org.springframework.batch.item.database.support.AbstractSqlPagingQueryProvider;
import org.springframework.batch.item.database.support.H2PagingQueryProvider;
import org.springframework.batch.item.database.support.PostgresPagingQueryProvider;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Spring Batch: its repository of jobs, and readers of the application's own tables. */
final class SpringBatch implements Library {

  private final DataSource dataSource;
  private final Product product;
  private final JdbcTransactionManager transactions;
  private final JobRepository repository;
  private final JobExplorer explorer;
  private final TaskExecutorJobLauncher launcher = new TaskExecutorJobLauncher();

  SpringBatch(DataSource dataSource, Product product) throws Exception {
    this.dataSource = dataSource;
    this.product = product;
    Shop.open(dataSource);
    new ResourceDatabasePopulator(
            new ClassPathResource(
                "org/springframework/batch/core/schema-"
                    + product.name().toLowerCase(Locale.ROOT)
                    + ".sql"))
        .execute(dataSource);
    transactions = new JdbcTransactionManager(dataSource);
    JobRepositoryFactoryBean repositories = new JobRepositoryFactoryBean();
    repositories.setDataSource(dataSource);
    repositories.setTransactionManager(transactions);
    repositories.afterPropertiesSet();
    repository = repositories.getObject();
    JobExplorerFactoryBean explorers = new JobExplorerFactoryBean();
    explorers.setDataSource(dataSource);
    explorers.setTransactionManager(transactions);
    explorers.afterPropertiesSet();
    explorer = explorers.getObject();
    launcher.setJobRepository(repository);
    launcher.afterPropertiesSet();
  }

  @Override
  public List<Step> steps() {
    return List.of(
        Step.write("a job that runs, in chunks", () -> run("raise", 1)),
        Step.write("the next job, with other parameters", () -> run("raise", 2)),
        Step.write("a job that was done already", () -> runAgain("raise", 2)),
        Step.read(
            "`JobExplorer`: names, instances, executions and steps",
            () ->
                explorer.getJobNames().toString()
                    + explorer.getJobInstances("raise", 0, 10)
                    + explorer.getJobExecutions(explorer.getJobInstance(1L)).stream()
                        .map(SpringBatch::told)
                        .toList()),
        Step.read("`JobExplorer`: what runs now", () -> explorer.findRunningJobExecutions("raise")),
        Step.read("`JdbcCursorItemReader`", this::byCursor),
        Step.read("`JdbcPagingItemReader`", this::byPages));
  }

  private String run(String name, long run) throws Exception {
    List<String> read = new ArrayList<>();
    JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    Job job =
        new JobBuilder(name, repository)
            .start(
                new StepBuilder("books", repository)
                    .<String, String>chunk(2, transactions)
                    .reader(cursor())
                    .writer(
                        titles -> {
                          for (String title : titles) {
                            read.add(title);
                            jdbc.update("update book set price = price + 1 where title = ?", title);
                          }
                        })
                    .build())
            .build();
    JobExecution execution =
        launcher.run(job, new JobParametersBuilder().addLong("run", run).toJobParameters());
    return told(execution) + read + jdbc.queryForList("select price from book order by id");
  }

  private String runAgain(String name, long run) {
    try {
      return run(name, run);
    } catch (Exception refused) {
      return refused.getClass().getSimpleName();
    }
  }

  private static String told(JobExecution execution) {
    return execution.getStatus()
        + execution.getStepExecutions().stream()
            .map(step -> step.getStepName() + step.getReadCount() + step.getCommitCount())
            .toList()
            .toString();
  }

  private JdbcCursorItemReader<String> cursor() {
    return new JdbcCursorItemReaderBuilder<String>()
        .name("titles")
        .dataSource(dataSource)
        .sql("select title from book order by id")
        .rowMapper((row, number) -> row.getString(1))
        .build();
  }

  private List<String> byCursor() throws Exception {
    JdbcCursorItemReader<String> reader = cursor();
    reader.afterPropertiesSet();
    reader.open(new org.springframework.batch.item.ExecutionContext());
    List<String> read = all(reader);
    reader.close();
    return read;
  }

  private List<String> byPages() throws Exception {
    AbstractSqlPagingQueryProvider query =
        product == Product.H2 ? new H2PagingQueryProvider() : new PostgresPagingQueryProvider();
    query.setSelectClause("select id, title");
    query.setFromClause("from book");
    query.setSortKeys(Map.of("id", Order.ASCENDING));
    JdbcPagingItemReader<String> reader =
        new JdbcPagingItemReaderBuilder<String>()
            .name("pages")
            .dataSource(dataSource)
            .queryProvider(query)
            .pageSize(2)
            .rowMapper((row, number) -> row.getString("title"))
            .build();
    reader.afterPropertiesSet();
    reader.open(new org.springframework.batch.item.ExecutionContext());
    List<String> read = all(reader);
    reader.close();
    return read;
  }

  private static List<String> all(ItemReader<String> reader) throws Exception {
    List<String> read = new ArrayList<>();
    for (String item = reader.read(); item != null; item = reader.read()) {
      read.add(item);
    }
    return read;
  }
}
