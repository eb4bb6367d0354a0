package dev.larder.spring.internal.wrap;

import dev.larder.jdbc.LarderDataSource;
import dev.larder.spring.LarderDataSources;
import dev.larder.spring.LarderDataSources.Wrapped;
import dev.larder.spring.internal.wrap.WrapDecision.Done;
import dev.larder.spring.internal.wrap.WrapDecision.Leave;
import dev.larder.spring.internal.wrap.WrapDecision.Wrap;
import dev.larder.spring.internal.wrap.WrapDecision.WrapBelow;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * Puts Larder above DataSource beans once they are made, and takes it down before they go. Opens no
 * connection. Thread-safe.
 */
public final class DataSourceWrapper
    implements DestructionAwareBeanPostProcessor, BeanFactoryAware, EnvironmentAware, Ordered {

  /*
   * An answer from memory takes no connection, so nothing below Larder may tell one caller from
   * another. Hence a bean of a class that nobody knows is left alone unless it is named: it may be
   * a decorator that sets the tenant. Hence, too, a bean that was made from another DataSource bean
   * is never wrapped: Larder is below it already.
   */

  private static final Logger log = LoggerFactory.getLogger(DataSourceWrapper.class);

  /** Before those that decorate for observation, so that they see what the application asks. */
  private static final int ORDER = Ordered.LOWEST_PRECEDENCE - 100;

  private final ObjectProvider<LarderDataSources> dataSources;

  /** Beans that Larder is at or below. */
  private final Set<String> served = ConcurrentHashMap.newKeySet();

  private @Nullable ConfigurableListableBeanFactory factory;
  private @Nullable EnvironmentSettings settings;

  public DataSourceWrapper(ObjectProvider<LarderDataSources> dataSources) {
    this.dataSources = dataSources;
  }

  @Override
  public void setBeanFactory(BeanFactory beanFactory) {
    factory =
        beanFactory instanceof ConfigurableListableBeanFactory configurable ? configurable : null;
  }

  @Override
  public void setEnvironment(Environment environment) {
    settings = new EnvironmentSettings(environment);
  }

  @Override
  public int getOrder() {
    return ORDER;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    EnvironmentSettings told = settings;
    // A context that was made ahead of time has this bean even where Larder is now switched off.
    if (!(bean instanceof DataSource dataSource) || told == null || !told.isOn()) {
      return bean;
    }
    String name = ScopedProxyUtils.isScopedTarget(beanName) ? original(beanName) : beanName;
    WrapDecision decision = decide(dataSource, beanName, name, told);
    if (decision instanceof Leave leave) {
      log.info("{}", WrapDecision.of(name, dataSource, leave));
      return bean;
    }
    served.add(name);
    if (decision instanceof Wrap) {
      return above(dataSource, name, told);
    }
    if (decision instanceof WrapBelow) {
      below(dataSource, name, told);
    }
    return bean;
  }

  private static String original(String scopedTarget) {
    return ScopedProxyUtils.getOriginalBeanName(scopedTarget);
  }

  private WrapDecision decide(
      DataSource dataSource, String beanName, String name, EnvironmentSettings told) {
    if (leadsToLarder(dataSource) || dataSource instanceof ScopedObject) {
      return new Done();
    }
    List<String> named = told.named();
    if (!named.isEmpty() && !named.contains(name)) {
      return new Leave(EnvironmentSettings.DATA_SOURCES + " names others");
    }
    if (dataSource instanceof AbstractRoutingDataSource
        || dataSource instanceof DelegatingDataSource) {
      return new WrapBelow();
    }
    if (isMadeOfServedBean(beanName)) {
      return new Done();
    }
    if (!isDeclaredAsDataSource(beanName)) {
      return new Leave(
          "its scope gives callers a proxy of its class; declare the bean's type as"
              + " javax.sql.DataSource");
    }
    if (PoolClasses.isKnown(dataSource) || named.contains(name)) {
      return new Wrap();
    }
    return new Leave(
        (AopUtils.isAopProxy(dataSource) ? "it is a proxy that" : "its class is not known and")
            + " may tell one caller from another, which an answer from memory cannot; name it in "
            + EnvironmentSettings.DATA_SOURCES
            + " if it gives every caller the same connections");
  }

  /** A proxy of a scope is made for the type that the bean was declared with. */
  private boolean isDeclaredAsDataSource(String beanName) {
    ConfigurableListableBeanFactory known = factory;
    if (!ScopedProxyUtils.isScopedTarget(beanName) || known == null) {
      return true;
    }
    Class<?> declared = known.getMergedBeanDefinition(beanName).getResolvableType().toClass();
    return declared.isInterface();
  }

  private boolean isMadeOfServedBean(String beanName) {
    ConfigurableListableBeanFactory known = factory;
    if (known != null) {
      for (String dependency : known.getDependenciesForBean(beanName)) {
        if (served.contains(dependency)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean leadsToLarder(DataSource dataSource) {
    if (dataSource instanceof LarderDataSource) {
      return true;
    }
    if (dataSource instanceof DelegatingDataSource delegating) {
      DataSource target = delegating.getTargetDataSource();
      return target != null && leadsToLarder(target);
    }
    try {
      return dataSource.isWrapperFor(LarderDataSource.class);
    } catch (SQLException | RuntimeException | AbstractMethodError notSaid) {
      return false;
    }
  }

  private LarderDataSource above(DataSource dataSource, String name, EnvironmentSettings told) {
    LarderDataSource larder = LarderDataSource.wrap(dataSource, told.properties());
    dataSources.getObject().add(name, new Wrapped(larder, dataSource));
    return larder;
  }

  private void below(DataSource dataSource, String name, EnvironmentSettings told) {
    if (dataSource instanceof AbstractRoutingDataSource router) {
      belowRouter(router, name, told);
    } else if (dataSource instanceof DelegatingDataSource delegating) {
      DataSource target = delegating.getTargetDataSource();
      if (target instanceof AbstractRoutingDataSource || target instanceof DelegatingDataSource) {
        below(target, name, told);
      } else if (target != null) {
        delegating.setTargetDataSource(orSelf(target, name, told));
      }
    }
  }

  private void belowRouter(
      AbstractRoutingDataSource router, String name, EnvironmentSettings told) {
    Map<Object, Object> targets = new HashMap<>();
    Map<DataSource, DataSource> once = new HashMap<>();
    router
        .getResolvedDataSources()
        .forEach(
            (key, target) ->
                targets.put(
                    key,
                    once.computeIfAbsent(target, t -> orSelf(t, name + "[" + key + "]", told))));
    DataSource byDefault = router.getResolvedDefaultDataSource();
    router.setTargetDataSources(targets);
    if (byDefault != null) {
      router.setDefaultTargetDataSource(
          once.computeIfAbsent(byDefault, t -> orSelf(t, name + "[default]", told)));
    }
    router.afterPropertiesSet();
  }

  /** Larder above a target that is no bean, or the target where it may not stand there. */
  private DataSource orSelf(DataSource target, String name, EnvironmentSettings told) {
    if (leadsToLarder(target)) {
      return target;
    }
    if (PoolClasses.isKnown(target)) {
      return above(target, name, told);
    }
    log.info(
        "{}",
        WrapDecision.of(
            name,
            target,
            new Leave("its class is not known and may tell one caller from another")));
    return target;
  }

  @Override
  public boolean requiresDestruction(Object bean) {
    return bean instanceof DataSource;
  }

  @Override
  public void postProcessBeforeDestruction(Object bean, String beanName) {
    if (bean instanceof DataSource dataSource) {
      dataSources.ifAvailable(all -> all.close(dataSource));
    }
  }
}
