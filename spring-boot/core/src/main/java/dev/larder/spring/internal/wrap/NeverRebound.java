package dev.larder.spring.internal.wrap;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.jdbc.LarderDataSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps Spring Cloud from binding a pool's properties to the LarderDataSource above the pool when
 * properties are refreshed; it leaves HikariCP's DataSource alone for the same reason. For one
 * thread.
 */
public final class NeverRebound implements BeanFactoryPostProcessor, EnvironmentAware {

  private static final String PROPERTY = "spring.cloud.refresh.never-refreshable";

  private @Nullable Environment environment;

  @Override
  public void setEnvironment(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
    if (environment instanceof ConfigurableEnvironment configurable) {
      String told = configurable.getProperty(PROPERTY, HikariDataSource.class.getName());
      configurable
          .getPropertySources()
          .addFirst(
              new MapPropertySource(
                  "larderNeverRebound",
                  Map.of(PROPERTY, told + "," + LarderDataSource.class.getName())));
    }
  }
}
