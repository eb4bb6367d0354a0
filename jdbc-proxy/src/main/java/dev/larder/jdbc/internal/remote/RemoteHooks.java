package dev.larder.jdbc.internal.remote;

import dev.larder.invalidation.Invalidation;
import dev.larder.jdbc.InvalidSettingsException;
import dev.larder.jdbc.Setting;
import dev.larder.jdbc.internal.settings.SourceSettings;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hooks for those outside, as far as the settings ask for them. Thread-safe. */
public final class RemoteHooks implements AutoCloseable {

  private final @Nullable HookServer server;
  private final @Nullable HookBean bean;

  private RemoteHooks(@Nullable HookServer server, @Nullable HookBean bean) {
    this.server = server;
    this.bean = bean;
  }

  /**
   * Opens what the settings ask for.
   *
   * @throws InvalidSettingsException where that cannot be had
   */
  public static RemoteHooks open(SourceSettings settings, Invalidation hooks) {
    HookServer server = settings.http().port() == 0 ? null : serve(settings.http(), hooks);
    return new RemoteHooks(server, settings.jmx() ? HookBean.register(hooks) : null);
  }

  private static HookServer serve(SourceSettings.Http http, Invalidation hooks) {
    String setting = Setting.INVALIDATION_HTTP_PORT.property() + " = " + http.port();
    try {
      return HookServer.start(http, hooks);
    } catch (IOException | RuntimeException refused) {
      throw new InvalidSettingsException(
          List.of(
              setting
                  + ": cannot listen on "
                  + http.address()
                  + " ("
                  + refused.getMessage()
                  + ")"));
    } catch (LinkageError absent) {
      throw new InvalidSettingsException(
          List.of(setting + ": needs the JDK's module jdk.httpserver"));
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    if (bean != null) {
      bean.close();
    }
  }
}
