package dev.larder.examples.springboot;

import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.function.Supplier;
import org.hibernate.SessionFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads, writes in three ways, and says where each answer came from. */
@SpringBootApplication
public class Greenhouse {

  /** Runs the example. */
  public static void main(String[] arguments) {
    try (ConfigurableApplicationContext context = SpringApplication.run(Greenhouse.class)) {
      EntityManagerFactory factory = context.getBean(EntityManagerFactory.class);
      Plants plants = context.getBean(Plants.class);
      JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
      plants.saveAll(List.of(new Plant(1, "fern", 40), new Plant(2, "monstera", 120)));

      say(factory, "fern", () -> height(plants, 1));
      say(factory, "fern, read again", () -> height(plants, 1));
      say(factory, "tall ones", () -> tall(plants));
      say(factory, "tall ones, asked again", () -> tall(plants));
      System.out.println("-- an entity was saved");
      Plant grown = plants.findById(2L).orElseThrow();
      grown.setHeight(130);
      plants.save(grown);
      say(factory, "monstera", () -> height(plants, 2));
      say(factory, "fern", () -> height(plants, 1));
      System.out.println("-- a native UPDATE by a repository");
      plants.water(1);
      say(factory, "fern", () -> height(plants, 1));
      System.out.println("-- an UPDATE by JdbcTemplate");
      jdbc.update("update plant set height = 101 where id = 1");
      say(factory, "fern", () -> height(plants, 1));
      say(factory, "tall ones", () -> tall(plants));
    }
  }

  private static Integer height(Plants plants, long id) {
    return plants.findById(id).orElseThrow().getHeight();
  }

  private static List<String> tall(Plants plants) {
    return plants.findByHeightGreaterThanOrderById(100).stream().map(Plant::getName).toList();
  }

  private static void say(EntityManagerFactory factory, String what, Supplier<?> read) {
    SessionFactory hibernate = factory.unwrap(SessionFactory.class);
    long before = hibernate.getStatistics().getPrepareStatementCount();
    Object answer = read.get();
    boolean asked = hibernate.getStatistics().getPrepareStatementCount() > before;
    System.out.printf("%-28s %-20s from %s%n", what, answer, asked ? "the database" : "memory");
  }
}
