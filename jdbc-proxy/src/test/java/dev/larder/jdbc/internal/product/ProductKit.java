package dev.larder.jdbc.internal.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jdbc.internal.analysis.AnalysisLimits;
import dev.larder.jdbc.internal.analysis.Facts;
import dev.larder.jdbc.internal.analysis.SessionEffect;
import dev.larder.jdbc.internal.analysis.SqlAnalyzer;
import dev.larder.jdbc.internal.analysis.SqlSyntax.Backslash;
import dev.larder.jdbc.internal.analysis.SqlSyntax.NameCase;
import dev.larder.jdbc.internal.analysis.SyntaxTrait;
import dev.larder.jdbc.internal.catalog.Catalogue;
import dev.larder.jdbc.internal.catalog.CatalogueReader;
import dev.larder.jdbc.internal.catalog.FunctionDeclarations;
import dev.larder.jdbc.internal.catalog.ReadSet;
import dev.larder.jdbc.internal.catalog.SearchPath;
import dev.larder.jdbc.internal.datasource.Products;
import dev.larder.jdbc.internal.session.PhysicalProfile;
import dev.larder.jdbc.internal.session.ServerQueries;
import dev.larder.jdbc.internal.session.SessionProfiler;
import dev.larder.jdbc.internal.session.SessionTrait;
import dev.larder.jdbc.internal.session.SharedLock;
import dev.larder.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every known product must keep, whatever it does in its own way. A new product is a folder, a
 * line in {@link Products} and a class that extends this one.
 */
public abstract class ProductKit {

  private static final int SECONDS = 5;

  /** The product under test. */
  protected abstract Product product();

  /** A database of its own for one test. */
  protected abstract TestDatabase database();

  private SqlAnalyzer analyzer() {
    return new SqlAnalyzer(
        product().syntax(), product().settingStatements(), AnalysisLimits.DEFAULT);
  }

  private PhysicalProfile profile(Connection connection) throws SQLException {
    return new SessionProfiler(any -> product().sessionProbe(), any -> product().serverQueries())
        .profile(connection);
  }

  @Test
  void itIsFoundByTheNameThatItsDriverTells() throws SQLException {
    try (TestDatabase database = database();
        Connection connection = database.connect()) {
      String name = connection.getMetaData().getDatabaseProductName();
      assertThat(Products.named(name)).hasSameClassAs(product());
      assertThat(product().sessionRules().product()).isEqualTo(name.toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void itIsSureOfEachTrait() {
    for (SyntaxTrait trait : SyntaxTrait.values()) {
      assertThat(product().syntax().traits().isUnsure(trait)).as("%s", trait).isFalse();
    }
    for (SessionTrait trait : SessionTrait.values()) {
      assertThat(product().sessionRules().traits().isUnsure(trait)).as("%s", trait).isFalse();
    }
    assertThat(product().syntax().nameCase()).isNotEqualTo(NameCase.UNSURE);
    assertThat(product().syntax().backslash()).isNotEqualTo(Backslash.UNSURE);
  }

  @Test
  void aSettingThatNobodyKnowsIsNotTakenForHarmless() {
    for (String sql : List.of("set no_such_setting = 1", "set no_such_setting to 1")) {
      for (Facts facts : analyzer().analyze(sql).statements()) {
        assertThat(facts.session()).as(sql).isNotEmpty();
        assertThat(facts.session()).as(sql).noneMatch(e -> e instanceof SessionEffect.Neutral);
      }
    }
  }

  @Test
  void aSessionTellsWhatItBeginsWith() throws SQLException {
    try (TestDatabase database = database();
        Connection one = database.connect();
        Connection other = database.connect()) {
      PhysicalProfile profile = profile(one);
      assertThat(profile.baseline().isUnknown()).isFalse();
      assertThat(profile.baseline().identity()).isNotNull();
      assertThat(profile.baseline().user()).isNotEmpty();
      assertThat(profile.baseline().searchPath()).isNotEmpty();
      assertThat(profile.baseline().rules()).isSameAs(product().sessionRules());
      assertThat(profile.baseline().autoCommit()).isTrue();
      assertThat(profile(other).baseline()).isEqualTo(profile.baseline());
      assertThat(profile(other).backend()).isNotEqualTo(profile.backend());
    }
  }

  @Test
  void nothingHasToBeBroughtBackWhereNothingWasSet() throws SQLException {
    try (TestDatabase database = database();
        Connection connection = database.connect()) {
      assertThat(profile(connection).restoring(Set.of())).isEmpty();
    }
  }

  @Test
  void anotherSessionSeesWhetherOneIsAtWork() throws SQLException {
    ServerQueries server = product().serverQueries();
    try (TestDatabase database = database();
        Connection asking = database.connect()) {
      PhysicalProfile lost;
      try (Connection connection = database.connect()) {
        lost = profile(connection);
        assertThat(lost.backend().known()).isTrue();
        assertThat(server.isAtWork(asking, lost.backend())).isTrue();
        assertThat(server.wouldSee(asking, profile(asking), lost)).isTrue();
      }
      for (int tries = 0; server.isAtWork(asking, lost.backend()); tries++) {
        assertThat(tries).as("looks at a session that was closed").isLessThan(1_000);
      }
      assertThat(server.isPrepared(asking, "a name that nobody gave")).isFalse();
      assertThat(server.freeConnections(asking)).isPositive();
    }
  }

  @Test
  void aRefusedStatementIsNoLostConnection() throws SQLException {
    try (TestDatabase database = database();
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("select * from no_such_table"))
          .isInstanceOfSatisfying(
              SQLException.class,
              refused ->
                  assertThat(product().serverQueries().mayHaveLostConnection(refused.getSQLState()))
                      .isFalse());
    }
  }

  @Test
  void aSharedLockIsSeenAndEndsWithItsConnection() throws SQLException {
    SharedLock lock = product().sharedLock().orElse(null);
    if (lock == null) {
      return;
    }
    try (TestDatabase database = database();
        Connection asking = database.connect()) {
      assertThat(lock.isHeldByAnyone(asking, SECONDS)).isFalse();
      try (Connection one = database.connect();
          Connection other = database.connect()) {
        lock.take(one, SECONDS);
        lock.take(other, SECONDS);
        assertThat(lock.isHeldByAnyone(asking, SECONDS)).isTrue();
      }
      for (int tries = 0; lock.isHeldByAnyone(asking, SECONDS); tries++) {
        assertThat(tries).as("looks at a lock whose holders are gone").isLessThan(1_000);
      }
    }
  }

  @Test
  void theCatalogueNamesWhatAViewReads() throws SQLException {
    SqlAnalyzer analyzer = analyzer();
    CatalogueReader reader =
        product().catalogueReader(analyzer, FunctionDeclarations.NONE, List.of()).orElseThrow();
    try (TestDatabase database = database();
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create table book (id int primary key, title varchar(100))");
      String before = reader.fingerprint(connection);
      statement.execute("create view titles as select title from book");
      assertThat(reader.fingerprint(connection)).isNotEqualTo(before);
      Catalogue catalogue = reader.read(connection);
      SearchPath path = new SearchPath(profile(connection).baseline().searchPath());
      assertThat(tables(catalogue, analyzer, path, "select * from titles"))
          .contains("book")
          .isEqualTo(tables(catalogue, analyzer, path, "select title from book"));
      assertThat(connection.getAutoCommit()).isTrue();
    }
  }

  private static List<String> tables(
      Catalogue catalogue, SqlAnalyzer analyzer, SearchPath path, String sql) {
    ReadSet read = catalogue.reads(analyzer.analyze(sql).statements().get(0), path);
    assertThat(read).as(sql).isInstanceOf(ReadSet.Tables.class);
    return ((ReadSet.Tables) read)
        .tables().stream().map(table -> table.name().toLowerCase(Locale.ROOT)).toList();
  }
}
