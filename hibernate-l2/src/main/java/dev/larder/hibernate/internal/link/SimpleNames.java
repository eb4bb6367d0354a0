package dev.larder.hibernate.internal.link;

import dev.larder.invalidation.TableName;
import java.util.Locale;

/**
 * Tables as they are told apart without a catalogue: by their last name, whatever its case, so that
 * two schemas' tables of one name are one. Stateless.
 */
final class SimpleNames {

  private SimpleNames() {}

  /**
   * @param text a name as SQL would write it
   */
  static TableName table(String text) {
    String last = text.substring(text.lastIndexOf('.') + 1).strip();
    boolean quoted = last.length() > 1 && "\"`[".indexOf(last.charAt(0)) >= 0;
    String name = quoted ? last.substring(1, last.length() - 1) : last;
    return new TableName("", name.toLowerCase(Locale.ROOT));
  }
}
