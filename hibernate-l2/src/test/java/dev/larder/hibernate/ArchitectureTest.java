package dev.larder.hibernate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms do not depend on each other in circles, and know nothing of the JDBC proxy. */
@AnalyzeClasses(
    packages = "dev.larder.hibernate",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("dev.larder.hibernate.internal.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONE_OWNER_OF_CAFFEINE =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.larder.hibernate.internal.storage..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.github.benmanes.caffeine..");

  @ArchTest
  static final ArchRule NO_PROXY =
      noClasses()
          .that()
          .resideInAPackage("dev.larder.hibernate..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.larder.jdbc..");
}
