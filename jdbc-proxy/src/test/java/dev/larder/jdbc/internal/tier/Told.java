package dev.larder.jdbc.internal.tier;

import dev.larder.jdbc.internal.result.Snapshot;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The way of an answer from one JVM to another, through the bytes that stand in between. */
public final class Told {

  private final Set<String> untold = new TreeSet<>();
  private int told;

  /** The answer as another JVM would have it; as it is, where it cannot be told. */
  public Snapshot told(Snapshot answer) {
    TierForm form = TierForm.of(answer);
    TierOutput bytes = new TierOutput();
    if (form == null || !form.write(answer, bytes)) {
      untold.add(answer.metaData().columns().get(0).columnTypeName());
      return answer;
    }
    told++;
    try {
      // Another form of the same: what is read has nothing of the answer itself.
      TierForm readers = Objects.requireNonNull(TierForm.of(answer));
      return Objects.requireNonNull(readers.read(new TierInput(bytes.toBytes())));
    } catch (MalformedValueException e) {
      throw new AssertionError(e);
    }
  }

  /** How many answers could be told. */
  public int told() {
    return told;
  }

  /** The types of those that could not. */
  public Set<String> untold() {
    return untold;
  }
}
