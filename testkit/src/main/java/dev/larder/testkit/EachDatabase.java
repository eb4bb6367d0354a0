package dev.larder.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test method once on each product.
 *
 * <p>The method (and {@code @BeforeEach} methods, if they like) takes a {@link TestDatabase}: a
 * fresh one per run, closed afterwards. A product that cannot start shows as skipped with the
 * reason.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(EachDatabaseRuns.class)
public @interface EachDatabase {
  /** The products to run on; all of them by default. */
  Product[] value() default {Product.POSTGRESQL, Product.MARIADB, Product.MYSQL, Product.H2};
}
