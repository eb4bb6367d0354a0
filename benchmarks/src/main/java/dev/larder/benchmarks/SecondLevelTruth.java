package dev.larder.benchmarks;

import dev.larder.benchmarks.SecondLevelModel.Count;
import dev.larder.benchmarks.SecondLevelModel.Jar;
import dev.larder.benchmarks.SecondLevelModel.Label;
import dev.larder.benchmarks.SecondLevelModel.Shelf;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Who tells the truth? Each kind of writer, under each second-level cache: whether the next reader
 * sees what was written, and whether an entity that had nothing to do with it is still in memory.
 * Prints one table; the figures are 1 for yes and 0 for no.
 */
final class SecondLevelTruth {

  /** Something that is read, written and read again. */
  private record Story(String name, Function<Session, @Nullable Object> read, Change change) {}

  private interface Change {
    void apply(SecondLevel.Opened opened) throws SQLException;
  }

  /**
   * How a story ended.
   *
   * @param fresh whether the reader saw what was written
   * @param kept whether the unrelated entity was still a hit
   */
  private record Ending(boolean fresh, boolean kept) {}

  private SecondLevelTruth() {}

  static List<Figure> measure(Target target) throws SQLException {
    Map<String, Map<SecondLevel, Ending>> table = new LinkedHashMap<>();
    List<Figure> figures = new ArrayList<>();
    for (SecondLevel cache : SecondLevel.values()) {
      for (Story story : stories()) {
        // Tables and cache are new each time, so that no story inherits what another left behind.
        try (SecondLevel.Opened opened = cache.open(target)) {
          opened.factory().getCache().evictAllRegions();
          Ending ending = tell(story, opened);
          table.computeIfAbsent(story.name(), name -> new LinkedHashMap<>()).put(cache, ending);
          String name = "second-level-truth/" + story.name() + "/" + cache;
          figures.add(new Figure(name + "/fresh", ending.fresh() ? 1 : 0, "yes"));
          figures.add(new Figure(name + "/others kept", ending.kept() ? 1 : 0, "yes"));
        }
      }
    }
    print(table);
    return figures;
  }

  private static Ending tell(Story story, SecondLevel.Opened opened) throws SQLException {
    SessionFactory factory = opened.factory();
    Function<Session, @Nullable Object> unrelated =
        session -> Objects.requireNonNull(session.find(Label.class, 1L)).text;
    Object before = null;
    for (int i = 0; i < 20; i++) {
      before = factory.fromTransaction(story.read()::apply);
      factory.fromTransaction(unrelated::apply);
    }
    story.change().apply(opened);
    long hits = hits(factory);
    factory.fromTransaction(unrelated::apply);
    boolean kept = hits(factory) > hits;
    Object after = factory.fromTransaction(story.read()::apply);
    return new Ending(!Objects.equals(before, after), kept);
  }

  private static long hits(SessionFactory factory) {
    return factory.getStatistics().getDomainDataRegionStatistics("label").getHitCount();
  }

  private static void print(Map<String, Map<SecondLevel, Ending>> table) {
    System.out.printf("%n%-52s", "written by; read after");
    for (SecondLevel cache : SecondLevel.values()) {
      System.out.printf(" %-28s", cache);
    }
    System.out.println();
    table.forEach(
        (name, endings) -> {
          System.out.printf("%-52s", name);
          endings.forEach(
              (cache, ending) ->
                  System.out.printf(
                      " %-28s",
                      (ending.fresh() ? "fresh" : "STALE")
                          + (ending.kept() ? ", others kept" : ", others lost")));
          System.out.println();
        });
  }

  private static List<Story> stories() {
    Function<Session, @Nullable Object> jar = session -> jar(session, 1).name;
    Function<Session, @Nullable Object> query =
        session ->
            session
                .createQuery("select name from Jar where id < 3 order by id", String.class)
                .setCacheable(true)
                .getResultList();
    String rename = "update l2_jar set name = 'changed' where id = 1";
    return List.of(
        new Story("entity update; entity", jar, inSession(s -> jar(s, 1).name = "changed")),
        new Story("entity update; query", query, inSession(s -> jar(s, 1).name = "changed")),
        new Story("bulk update in HQL; entity", jar, hql("update Jar set name = 'c'")),
        new Story("native query without spaces; entity", jar, nativeQuery(rename)),
        new Story("native query without spaces; query", query, nativeQuery(rename)),
        new Story("doWork; entity", jar, doWork(rename)),
        new Story("doWork; query", query, doWork(rename)),
        new Story("JDBC on the same DataSource; entity", jar, jdbc(rename)),
        new Story("JDBC on the same DataSource; query", query, jdbc(rename)),
        new Story(
            "entity update with a trigger; entity of the trigger",
            session -> shelf(session, 1).name,
            trigger()),
        new Story(
            "element moved; collection of its owner",
            session -> shelf(session, 2).jars.size(),
            inSession(s -> jar(s, 1).shelf = s.getReference(Shelf.class, 3L))),
        new Story(
            "JDBC; natural id",
            session -> session.bySimpleNaturalId(Jar.class).load("c5") == null,
            jdbc("update l2_jar set code = 'd5' where id = 5")),
        new Story(
            "entity deleted; entity on a view",
            session -> Objects.requireNonNull(session.find(Count.class, 8L)).jars,
            inSession(s -> s.remove(jar(s, 7)))),
        new Story(
            "owner deleted; entity that the database cascades to",
            session -> session.find(Jar.class, 9L) == null,
            inSession(s -> s.remove(shelf(s, 10)))));
  }

  private static Jar jar(Session session, long id) {
    return Objects.requireNonNull(session.find(Jar.class, id));
  }

  private static Shelf shelf(Session session, long id) {
    return Objects.requireNonNull(session.find(Shelf.class, id));
  }

  private static Change inSession(java.util.function.Consumer<Session> work) {
    return opened -> opened.factory().inTransaction(work::accept);
  }

  private static Change hql(String text) {
    return inSession(session -> session.createMutationQuery(text).executeUpdate());
  }

  private static Change nativeQuery(String text) {
    return inSession(session -> session.createNativeMutationQuery(text).executeUpdate());
  }

  private static Change doWork(String text) {
    return inSession(
        session ->
            session.doWork(
                connection -> {
                  try (Statement statement = connection.createStatement()) {
                    statement.execute(text);
                  }
                }));
  }

  private static Change jdbc(String text) {
    return opened -> {
      try (Connection connection = opened.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(text);
      }
    };
  }

  private static Change trigger() {
    return opened -> {
      jdbc("create or replace function l2_touch() returns trigger language plpgsql as"
              + " 'begin update l2_shelf set name = ''touched'' where id = 1; return new; end'")
          .apply(opened);
      jdbc("create trigger l2_touch after update on l2_jar for each row execute function"
              + " l2_touch()")
          .apply(opened);
      for (int i = 0; i < 20; i++) {
        opened.factory().fromTransaction(session -> shelf(session, 1).name);
        opened.factory().fromTransaction(session -> session.find(Label.class, 1L));
      }
      inSession(session -> jar(session, 1).amount++).apply(opened);
    };
  }
}
