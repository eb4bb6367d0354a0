package dev.larder.jdbc.internal.pool;

/** What may be shown of a JDBC URL. Stateless and thread-safe. */
public final class JdbcUrls {
  private JdbcUrls() {}

  /**
   * The URL up to its first parameter, and without {@code user:password@}: what may be shown in
   * logs and messages.
   */
  public static String withoutSecrets(String url) {
    int end = url.length();
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == '?' || c == ';') {
        end = i;
        break;
      }
    }
    String shown = url.substring(0, end);
    int authority = shown.indexOf("//");
    int at = shown.lastIndexOf('@');
    return authority >= 0 && at > authority
        ? shown.substring(0, authority + 2) + shown.substring(at + 1)
        : shown;
  }
}
