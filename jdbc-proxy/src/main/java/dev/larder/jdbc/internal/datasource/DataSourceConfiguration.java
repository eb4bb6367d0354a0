package dev.larder.jdbc.internal.datasource;

import dev.larder.jdbc.internal.settings.JdbcUrl;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What a DataSource is told before it starts, whichever way it is told. Not thread-safe: guarded by
 * its owner.
 */
public final class DataSourceConfiguration {

  private @Nullable String url;
  private @Nullable String username;
  private @Nullable String password;
  private @Nullable String driverClassName;
  private @Nullable DataSource dataSource;
  private String settingsText = "";
  private final Properties settings = new Properties();
  private final Properties driverProperties = new Properties();

  /** Another one that says the same. */
  public DataSourceConfiguration copy() {
    DataSourceConfiguration copy = new DataSourceConfiguration();
    copy.url = url;
    copy.username = username;
    copy.password = password;
    copy.driverClassName = driverClassName;
    copy.dataSource = dataSource;
    copy.settingsText = settingsText;
    settings.forEach(copy.settings::put);
    driverProperties.forEach(copy.driverProperties::put);
    return copy;
  }

  public @Nullable String url() {
    return url;
  }

  public void url(@Nullable String given) {
    url = given;
  }

  public @Nullable String username() {
    return username;
  }

  public void username(@Nullable String given) {
    username = given;
  }

  @Nullable String password() {
    return password;
  }

  public void password(@Nullable String given) {
    password = given;
  }

  public @Nullable String driverClassName() {
    return driverClassName;
  }

  public void driverClassName(@Nullable String given) {
    driverClassName = given;
  }

  /** What is wrapped; null where there is a URL. */
  public @Nullable DataSource dataSource() {
    return dataSource;
  }

  public void dataSource(DataSource given) {
    dataSource = given;
  }

  /** Settings in one text. */
  public String settingsText() {
    return settingsText;
  }

  public void settingsText(String given) {
    settingsText = given;
  }

  /** Settings by their names. */
  public Properties settings() {
    return settings;
  }

  /** Properties for the driver, by the driver's own names. */
  public Properties driverProperties() {
    return driverProperties;
  }

  /** What is read from, without passwords. */
  @Override
  public String toString() {
    if (dataSource != null) {
      return dataSource.getClass().getName();
    }
    return url == null ? "not configured" : JdbcUrl.of(url).withoutSecrets();
  }
}
