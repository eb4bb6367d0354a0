package dev.larder.jdbc.history;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.pool.TypePool;

/**
 * Loads Larder a second time, with some of its code changed. Nothing of the Larder that other tests
 * use is touched. Thread-safe.
 */
public final class MutantLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final Map<String, List<AsmVisitorWrapper>> changes;
  private final ClassFileLocator files = ClassFileLocator.ForClassLoader.of(getParent());
  private final Set<String> changed = ConcurrentHashMap.newKeySet();

  /**
   * @param changes what to do to the code, by class name
   */
  public MutantLoader(Map<String, List<AsmVisitorWrapper>> changes) {
    super(MutantLoader.class.getClassLoader());
    this.changes = changes;
  }

  /** This Larder's {@code LarderDataSource.wrap}. */
  DataSource wrap(DataSource driver) {
    return wrap(driver, Sources.settings());
  }

  /** The same with settings; what it gives is closed as an {@link AutoCloseable}. */
  public DataSource wrap(DataSource driver, Properties settings) {
    try {
      return (DataSource)
          loadClass("dev.larder.jdbc.LarderDataSource")
              .getMethod("wrap", DataSource.class, Properties.class)
              .invoke(null, driver, settings);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Which of the changed classes have not been used yet. */
  public Set<String> notLoaded() {
    Set<String> rest = new HashSet<>(changes.keySet());
    rest.removeAll(changed);
    return rest;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    boolean mine =
        name.startsWith("dev.larder.invalidation.")
            || name.startsWith("dev.larder.redis.")
            || (name.startsWith("dev.larder.jdbc.")
                && !name.startsWith(MutantLoader.class.getPackageName() + "."));
    if (!mine) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        try {
          byte[] code = code(name);
          loaded = defineClass(name, code, 0, code.length);
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
      return loaded;
    }
  }

  private byte[] code(String name) throws IOException {
    List<AsmVisitorWrapper> wanted = changes.get(name);
    if (wanted == null) {
      return files.locate(name).resolve();
    }
    byte[] unchanged = plain(name).make().getBytes();
    DynamicType.Builder<?> builder = plain(name);
    for (AsmVisitorWrapper change : wanted) {
      if (Arrays.equals(plain(name).visit(change).make().getBytes(), unchanged)) {
        throw new IllegalStateException("A change finds nothing to change in " + name);
      }
      builder = builder.visit(change);
    }
    changed.add(name);
    return builder.make().getBytes();
  }

  private DynamicType.Builder<?> plain(String name) {
    return new ByteBuddy().redefine(TypePool.Default.of(files).describe(name).resolve(), files);
  }
}
