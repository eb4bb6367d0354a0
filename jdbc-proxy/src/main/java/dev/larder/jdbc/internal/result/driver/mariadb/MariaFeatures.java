package dev.larder.jdbc.internal.result.driver.mariadb;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.mariadb.jdbc.client.ReadableByteBuf;

/**
 * The parts of Connector/J that are called otherwise in some releases, looked up once when the
 * first of its results is read. Stateless and thread-safe.
 */
final class MariaFeatures {

  private static final MethodHandle BUFFER = buffers();

  private MariaFeatures() {}

  private static MethodHandle buffers() {
    try {
      // Until 3.5.7 the buffer was an interface.
      Class<?> type =
          ReadableByteBuf.class.isInterface()
              ? Class.forName(
                  "org.mariadb.jdbc.client.impl.StandardReadableByteBuf",
                  true,
                  ReadableByteBuf.class.getClassLoader())
              : ReadableByteBuf.class;
      return MethodHandles.publicLookup()
          .findConstructor(type, MethodType.methodType(void.class, byte[].class, int.class))
          .asType(MethodType.methodType(ReadableByteBuf.class, byte[].class, int.class));
    } catch (ReflectiveOperationException e) {
      LinkageError error = new NoSuchMethodError("The driver has no buffer of bytes");
      error.initCause(e);
      throw error;
    }
  }

  /** The driver's buffer over these bytes. */
  static ReadableByteBuf buffer(byte[] bytes) {
    try {
      return (ReadableByteBuf) BUFFER.invokeExact(bytes, bytes.length);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("The driver's buffer takes no bytes", e);
    }
  }
}
