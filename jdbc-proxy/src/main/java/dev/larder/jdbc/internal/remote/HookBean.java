package dev.larder.jdbc.internal.remote;

import dev.larder.invalidation.Invalidation;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hooks as operations of an MBean, {@code dev.larder:type=Invalidation,name=<n>}. Thread-safe.
 *
 * <p>It describes itself, because an interface that JMX may look at would have to be public.
 */
final class HookBean implements DynamicMBean, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HookBean.class);
  private static final AtomicInteger MADE = new AtomicInteger();
  private static final String SOURCES = "Sources";

  private static final Map<String, String[]> OPERATIONS =
      Map.of(
          "table", new String[] {"table"},
          "rows", new String[] {"table", "column", "value"},
          "tag", new String[] {"tag"},
          "everything", new String[0]);

  private final Invalidation hooks;
  private @Nullable ObjectName name;

  private HookBean(Invalidation hooks) {
    this.hooks = hooks;
  }

  static HookBean register(Invalidation hooks) {
    HookBean bean = new HookBean(hooks);
    try {
      ObjectName name =
          new ObjectName("dev.larder:type=Invalidation,name=" + MADE.incrementAndGet());
      ManagementFactory.getPlatformMBeanServer().registerMBean(bean, name);
      bean.name = name;
    } catch (JMException | RuntimeException e) {
      log.warn("The hooks cannot be registered with JMX", e);
    }
    return bean;
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    MBeanOperationInfo[] operations =
        OPERATIONS.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(operation -> describe(operation.getKey(), operation.getValue()))
            .toArray(MBeanOperationInfo[]::new);
    MBeanAttributeInfo sources =
        new MBeanAttributeInfo(
            SOURCES,
            String[].class.getName(),
            "What the sources of changes made elsewhere say of themselves",
            true,
            false,
            false);
    return new MBeanInfo(
        HookBean.class.getName(),
        "Says what was changed behind Larder's back",
        new MBeanAttributeInfo[] {sources},
        null,
        operations,
        null);
  }

  private static MBeanOperationInfo describe(String operation, String[] parameters) {
    MBeanParameterInfo[] described = new MBeanParameterInfo[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      described[i] = new MBeanParameterInfo(parameters[i], String.class.getName(), parameters[i]);
    }
    return new MBeanOperationInfo(
        operation,
        "Forgets what depends on it",
        described,
        void.class.getName(),
        MBeanOperationInfo.ACTION);
  }

  @Override
  public @Nullable Object invoke(
      String operation, Object @Nullable [] parameters, String @Nullable [] signature)
      throws ReflectionException {
    String[] wanted = OPERATIONS.get(operation);
    int given = parameters == null ? 0 : parameters.length;
    if (wanted == null || wanted.length != given) {
      throw new ReflectionException(new NoSuchMethodException(operation));
    }
    String first = given == 0 || parameters == null ? "" : String.valueOf(parameters[0]);
    switch (operation) {
      // A value comes as text, and nobody knows here what the column's type makes of it.
      case "table", "rows" -> hooks.table(first);
      case "tag" -> hooks.tag(first);
      default -> hooks.everything();
    }
    return null;
  }

  @Override
  public Object getAttribute(String attribute) throws AttributeNotFoundException {
    if (!attribute.equals(SOURCES)) {
      throw new AttributeNotFoundException(attribute);
    }
    return sources();
  }

  private String[] sources() {
    return hooks.sources().stream().map(String::valueOf).toArray(String[]::new);
  }

  @Override
  public AttributeList getAttributes(String[] attributes) {
    AttributeList found = new AttributeList();
    for (String attribute : attributes) {
      if (attribute.equals(SOURCES)) {
        found.add(new Attribute(SOURCES, sources()));
      }
    }
    return found;
  }

  @Override
  public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
    throw new AttributeNotFoundException(attribute.getName() + " cannot be set");
  }

  @Override
  public AttributeList setAttributes(AttributeList attributes) {
    return new AttributeList();
  }

  @Override
  public void close() {
    ObjectName registered = name;
    if (registered != null) {
      try {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(registered);
      } catch (JMException | RuntimeException e) {
        log.debug("The hooks were not registered any more", e);
      }
    }
  }
}
