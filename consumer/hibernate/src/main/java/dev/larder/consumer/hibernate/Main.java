package dev.larder.consumer.hibernate;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.jdbc.Setting;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/** An entity that is read in two sessions, the second time from memory. */
public final class Main {
  private Main() {}

  /** Ends with an exception where something is not as it should be. */
  public static void main(String[] arguments) {
    Logger.getLogger("org.hibernate").setLevel(Level.SEVERE);
    try (LarderDataSource larder =
        LarderDataSource.builder()
            .url("jdbc:h2:mem:consumer;DB_CLOSE_DELAY=-1")
            .setting(Setting.WRITERS, "this-jvm")
            .build()) {
      Configuration configuration = new Configuration().addAnnotatedClass(Jar.class);
      configuration.getProperties().put("hibernate.connection.datasource", larder);
      configuration.setProperty("hibernate.cache.region.factory_class", "larder");
      configuration.setProperty("hibernate.hbm2ddl.auto", "create");
      configuration.setProperty("hibernate.generate_statistics", "true");
      try (SessionFactory hibernate = configuration.buildSessionFactory()) {
        hibernate.inTransaction(session -> session.persist(new Jar(1, "honey")));
        for (int i = 0; i < 3; i++) {
          String content =
              hibernate.fromTransaction(session -> session.find(Jar.class, 1).content());
          if (!content.equals("honey")) {
            throw new IllegalStateException(content);
          }
        }
        long hits = hibernate.getStatistics().getSecondLevelCacheHitCount();
        if (hits == 0) {
          throw new IllegalStateException("no entity came from memory");
        }
        System.out.println("hibernate: " + Main.class.getModule() + " had " + hits + " hits");
      }
    }
  }
}
