package dev.larder.invalidation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The ledger knows no SQL, no JDBC and no cache. */
@AnalyzeClasses(
    packages = "dev.larder.invalidation",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule KNOWS_NEITHER_JDBC_NOR_A_PARSER =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..", "javax.sql..", "net.sf.jsqlparser..", "dev.larder.jdbc..");

  @ArchTest
  static final ArchRule STANDS_ON_THE_JDK_AND_A_LOGGER =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java.lang..",
              "java.time..",
              "java.util..",
              "org.slf4j..",
              "org.jspecify..",
              "dev.larder.invalidation..");
}
