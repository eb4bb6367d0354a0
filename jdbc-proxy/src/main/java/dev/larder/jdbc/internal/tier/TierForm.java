package dev.larder.jdbc.internal.tier;

import dev.larder.jdbc.internal.bind.CanonicalText;
import dev.larder.jdbc.internal.result.Snapshot;
import dev.larder.jdbc.internal.result.column.Column;
import dev.larder.jdbc.internal.result.column.Portable;
import dev.larder.jdbc.internal.result.column.Values;
import dev.larder.jdbc.internal.result.driver.ColumnDescription;
import dev.larder.jdbc.internal.result.driver.DriverBehavior;
import dev.larder.jdbc.internal.result.driver.SnapshotMetaData;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer is beside its values, as this JVM's own driver gave it: the columns without their
 * rows, and the metadata. A value of the tier brings neither, only a digest of what its filler had.
 * Immutable and thread-safe.
 */
final class TierForm {

  /** Of all that must be equal for a value to be shown in this form. */
  static final int DIGEST_BYTES = 32;

  private final DriverBehavior behavior;
  private final SnapshotMetaData metaData;
  private final List<Portable> columns;
  private final byte[] digest;

  private TierForm(
      DriverBehavior behavior, SnapshotMetaData metaData, List<Portable> columns, byte[] digest) {
    this.behavior = behavior;
    this.metaData = metaData;
    this.columns = columns;
    this.digest = digest;
  }

  /** The form of an answer; null where a column cannot be told to another JVM. */
  static @Nullable TierForm of(Snapshot answer) {
    List<Portable> empty = new ArrayList<>();
    CanonicalText text = new CanonicalText().add(answer.behavior().getClass().getName());
    for (Column column : answer.columns()) {
      Portable portable = column.portable();
      if (portable == null) {
        return null;
      }
      text.add(portable.form()).add(portable.parts().size());
      List<Values> none = new ArrayList<>();
      for (Values part : portable.parts()) {
        int kind = ValuesCodec.kind(part);
        Values values = ValuesCodec.empty(kind);
        if (values == null) {
          return null;
        }
        text.add(kind);
        values.trim();
        none.add(values);
      }
      // Made anew without rows: the form must not hold on to the answer that it was taken from.
      Portable bare = portable.maker().make(none, portable.transfer()).portable();
      if (bare == null) {
        return null;
      }
      empty.add(bare);
    }
    for (ColumnDescription column : answer.metaData().columns()) {
      text.add(column.toString());
    }
    return new TierForm(
        answer.behavior(), answer.metaData(), List.copyOf(empty), digest(text.toBytes()));
  }

  private static byte[] digest(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Writes an answer of this form.
   *
   * @return false where a value in it has no form in bytes
   */
  boolean write(Snapshot answer, TierOutput to) {
    to.raw(digest);
    to.number(answer.rows());
    for (Column column : answer.columns()) {
      Portable portable = column.portable();
      if (portable == null) {
        return false;
      }
      to.single(portable.transfer());
      for (Values part : portable.parts()) {
        if (!ValuesCodec.write(part, answer.rows(), to)) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Reads an answer.
   *
   * @return null where it is of another form
   */
  @Nullable Snapshot read(TierInput from) throws MalformedValueException {
    if (!Arrays.equals(from.raw(DIGEST_BYTES), digest)) {
      return null;
    }
    int rows = from.count(columns.isEmpty() ? 0 : 1);
    Column[] read = new Column[columns.size()];
    for (int i = 0; i < read.length; i++) {
      Portable form = columns.get(i);
      int transfer = from.single();
      List<Values> parts = new ArrayList<>();
      for (Values part : form.parts()) {
        parts.add(ValuesCodec.read(ValuesCodec.kind(part), rows, from));
      }
      read[i] = form.maker().make(parts, transfer);
    }
    if (!from.isAtEnd()) {
      throw new MalformedValueException("something stands behind it");
    }
    return new Snapshot(behavior, read, metaData, rows);
  }
}
