package dev.larder.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Turns {@link EachDatabase} into one run per product.
 *
 * <p>Stateless and safe for use by several threads.
 */
final class EachDatabaseRuns implements TestTemplateInvocationContextProvider {
  private static final Namespace NAMESPACE = Namespace.create(EachDatabaseRuns.class);

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return AnnotationSupport.isAnnotated(context.getTestMethod(), EachDatabase.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    EachDatabase annotation =
        AnnotationSupport.findAnnotation(context.getTestMethod(), EachDatabase.class).orElseThrow();
    return Arrays.stream(annotation.value()).filter(EachDatabaseRuns::isWanted).map(Run::new);
  }

  private static boolean isWanted(Product product) {
    String only = System.getProperty("larder.test.only", "");
    return only.isEmpty() || product.name().equalsIgnoreCase(only);
  }

  /** A run's database; the store closes what it holds when the run ends. */
  private record Lent(TestDatabase database) implements AutoCloseable {
    @Override
    public void close() {
      DatabaseStock.drop(database);
    }
  }

  private record Run(Product product)
      implements TestTemplateInvocationContext, BeforeEachCallback, ParameterResolver {
    @Override
    public String getDisplayName(int invocationIndex) {
      return product.toString();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == TestDatabase.class;
    }

    /*
     * Here and not where the parameter is resolved: JUnit takes an assumption that fails there for
     * an error.
     */
    @Override
    public void beforeEach(ExtensionContext context) {
      context.getStore(NAMESPACE).put(TestDatabase.class, new Lent(Databases.fresh(product)));
    }

    @Override
    public TestDatabase resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return Objects.requireNonNull(context.getStore(NAMESPACE).get(TestDatabase.class, Lent.class))
          .database();
    }
  }
}
