package dev.larder.jdbc;

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
import dev.larder.jdbc.micrometer.LarderMetrics;
import java.sql.Connection;

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

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("dev.larder.jdbc.internal.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NO_CYCLES_WITHIN_RESULT =
      slices()
          .assignedFrom(new PackagesWithin("dev.larder.jdbc.internal.result"))
          .should()
          .beFreeOfCycles();

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

  /** Who does not use the one class that needs it can do without Micrometer. */
  @ArchTest
  static final ArchRule ONE_OWNER_OF_METERS =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(LarderMetrics.class.getName())
          .and()
          .haveNameNotMatching(".*\\.internal\\.observe\\.Meters(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.micrometer..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName(LarderMetrics.class.getName())
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(".*\\.internal\\.observe\\.Meters");

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

  /** Every package of a room, by its full name. */
  private record PackagesWithin(String room) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getPackageName();
      return name.equals(room) || name.startsWith(room + ".")
          ? SliceIdentifier.of(name)
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages within " + room;
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
