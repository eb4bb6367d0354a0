package dev.larder.consumer.boot;

import dev.larder.jdbc.LarderDataSource;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** By one dependency the DataSource is Larder's, and the second read asks nobody. */
@SpringBootApplication
public class Main {

  /** Ends with an exception where something is not as it should be. */
  public static void main(String[] arguments) throws Exception {
    System.setProperty("spring.datasource.url", "jdbc:h2:mem:consumer;DB_CLOSE_DELAY=-1");
    System.setProperty("larder.writers", "this-jvm");
    System.setProperty("larder.admission", "always");
    System.setProperty("logging.level.root", "error");
    System.setProperty("spring.main.banner-mode", "off");
    try (ConfigurableApplicationContext context = SpringApplication.run(Main.class)) {
      LarderDataSource larder = context.getBean(DataSource.class).unwrap(LarderDataSource.class);
      JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
      jdbc.execute("create table book (id int primary key)");
      jdbc.update("insert into book values (42)");
      for (int i = 0; i < 2; i++) {
        jdbc.queryForList("select id from book where id = ?", 42);
      }
      if (larder.statistics().hits() != 1) {
        throw new IllegalStateException(larder.statistics().toString());
      }
      System.out.println("spring-boot: " + Main.class.getModule() + " answered from memory");
    }
  }
}
