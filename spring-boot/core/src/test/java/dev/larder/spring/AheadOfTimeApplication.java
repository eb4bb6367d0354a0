package dev.larder.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** An application that is processed ahead of time, and says how it went. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class AheadOfTimeApplication {

  /** Reads twice, writes, reads; prints what it read, and the hits where there is Larder. */
  public static void main(String[] args) {
    try (ConfigurableApplicationContext context =
        SpringApplication.run(AheadOfTimeApplication.class, args)) {
      JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
      String sql = "select name from migrated where id = ?";
      LarderDataSources larder = context.getBeanProvider(LarderDataSources.class).getIfAvailable();
      long before = hits(larder);
      StringBuilder read = new StringBuilder("read");
      for (String next : new String[] {"fern", "moss"}) {
        jdbc.update("update migrated set name = ? where id = 1", next);
        for (int time = 0; time < 2; time++) {
          read.append(' ').append(jdbc.queryForObject(sql, String.class, 1));
        }
      }
      read.append(before < 0 ? " without Larder" : " with hits: " + (hits(larder) - before));
      System.out.println(read);
    }
  }

  /** How often memory answered; -1 without Larder. */
  private static long hits(@Nullable LarderDataSources larder) {
    return larder == null || larder.all().isEmpty()
        ? -1
        : larder.find("dataSource").orElseThrow().statistics().hits();
  }
}
