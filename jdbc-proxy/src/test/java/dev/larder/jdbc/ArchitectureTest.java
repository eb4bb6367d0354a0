package dev.larder.jdbc;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.sql.Connection;
import java.util.Set;

/** Each library has one owner, and the rooms do not depend on each other in circles. */
@AnalyzeClasses(packages = "dev.larder.jdbc", importOptions = ArchitectureTest.WithoutTests.class)
class ArchitectureTest {

  /** Tests are not held to it, wherever a build puts their classes. */
  static final class WithoutTests implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return Predefined.DO_NOT_INCLUDE_TESTS.includes(location) && !location.contains("-test/");
    }
  }

  /** The types of the public package that say something and do nothing: the rooms may use them. */
  private static final Set<String> PUBLIC_WORDS =
      Set.of(
          "dev.larder.jdbc.BypassReason",
          "dev.larder.jdbc.Explanation",
          "dev.larder.jdbc.InvalidSettingsException",
          "dev.larder.jdbc.Setting",
          "dev.larder.jdbc.Statistics");

  /** Over all packages, the public ones and the rooms within rooms too. */
  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().assignedFrom(new EveryPackage()).should().beFreeOfCycles();

  /** From the inside nothing leads to the front door. */
  @ArchTest
  static final ArchRule THE_INSIDE_KNOWS_ONLY_WORDS =
      noClasses()
          .that()
          .resideInAPackage("dev.larder.jdbc.internal..")
          .should()
          .dependOnClassesThat(
              describe(
                  "are public and do something",
                  type ->
                      (type.getPackageName().equals("dev.larder.jdbc")
                              && !PUBLIC_WORDS.contains(outermost(type).getName()))
                          || type.getPackageName().equals("dev.larder.jdbc.micrometer")));

  /** Whoever is put together knows nothing of how. */
  @ArchTest
  static final ArchRule ONLY_THE_FRONT_DOOR_ASSEMBLES =
      noClasses()
          .that()
          .resideInAPackage("dev.larder.jdbc.internal..")
          .and()
          .resideOutsideOfPackage("dev.larder.jdbc.internal.datasource..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.larder.jdbc.internal.datasource..");

  /** A product meets the rooms through the ports that they declare; assembly alone names it. */
  @ArchTest
  static final ArchRule PRODUCTS_ARE_NAMED_BY_ASSEMBLY_ALONE =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.larder.jdbc.internal.product..", "dev.larder.jdbc.internal.datasource..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.larder.jdbc.internal.product.*..");

  /**
   * What one product needs is no other's business, but for what two have in common by descent,
   * which has a room of its own that knows neither.
   */
  @ArchTest
  static final ArchRule PRODUCTS_DO_NOT_KNOW_EACH_OTHER =
      slices()
          .matching("dev.larder.jdbc.internal.product.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              resideInAnyPackage(
                  "dev.larder.jdbc.internal.product.mariadb",
                  "dev.larder.jdbc.internal.product.mysql"),
              resideInAPackage("dev.larder.jdbc.internal.product.mysqlprotocol"));

  /** A read and a write go down: plans are made without running, and run without JDBC's objects. */
  @ArchTest
  static final ArchRule STATEMENTS_GO_DOWN =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.larder.jdbc.internal.analysis..",
              "dev.larder.jdbc.internal.catalog..",
              "dev.larder.jdbc.internal.session..",
              "dev.larder.jdbc.internal.store..",
              "dev.larder.jdbc.internal.eligibility..",
              "dev.larder.jdbc.internal.planning..",
              "dev.larder.jdbc.internal.source..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.larder.jdbc.internal.execution..", "dev.larder.jdbc.internal.proxy..");

  /** A result in memory knows of drivers only how any of them may behave. */
  @ArchTest
  static final ArchRule RESULTS_NAME_NO_DRIVER =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.larder.jdbc.internal.result",
              "dev.larder.jdbc.internal.result.column",
              "dev.larder.jdbc.internal.result.driver")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.larder.jdbc.internal.result.driver.*..",
              "org.postgresql..",
              "org.mariadb..",
              "org.h2..");

  @ArchTest
  static final ArchRule ONE_OWNER_OF_THE_PARSER = owner("analysis", "net.sf.jsqlparser..");

  @ArchTest
  static final ArchRule ONE_OWNER_OF_CAFFEINE = owner("store", "com.github.benmanes.caffeine..");

  @ArchTest static final ArchRule ONE_OWNER_OF_THE_POOL = owner("pool", "com.zaxxer.hikari..");

  @ArchTest
  static final ArchRule ONE_OWNER_OF_BREAKERS = owner("route", "io.github.resilience4j..");

  @ArchTest static final ArchRule ONE_OWNER_OF_REDIS = owner("nodes", "io.lettuce..");

  /** Who does not use the package that needs it can do without Micrometer. */
  @ArchTest
  static final ArchRule ONE_OWNER_OF_METERS =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.larder.jdbc.micrometer")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.micrometer..", "dev.larder.jdbc.micrometer");

  @ArchTest
  static final ArchRule DECISIONS_TOUCH_NO_CONNECTION =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.larder.jdbc.internal.analysis..", "dev.larder.jdbc.internal.eligibility..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Connection.class)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule TESTS_STAY_OUTSIDE =
      noClasses().should().dependOnClassesThat().resideInAPackage("dev.larder.testkit..");

  /** Public types may hand calls inside, but show nothing of it. */
  @ArchTest
  static final ArchRule INTERNALS_ARE_NOT_SHOWN =
      classes()
          .that()
          .resideInAPackage("dev.larder.jdbc")
          .and()
          .arePublic()
          .should(PublicSurface.SHOW_NOTHING_INTERNAL);

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
  }

  /** Every package by its full name; the public words are a slice of their own. */
  private static final class EveryPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getPackageName();
      if (!name.startsWith("dev.larder.jdbc")) {
        return SliceIdentifier.ignore();
      }
      return SliceIdentifier.of(
          PUBLIC_WORDS.contains(outermost(type).getName()) ? name + " (words)" : name);
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }

  private static ArchRule owner(String room, String library) {
    return noClasses()
        .that()
        .resideOutsideOfPackage("dev.larder.jdbc.internal." + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}
