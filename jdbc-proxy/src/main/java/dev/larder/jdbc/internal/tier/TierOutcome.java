package dev.larder.jdbc.internal.tier;

/** What became of one look-up in the tier, or of one answer that was to go there. */
public enum TierOutcome {
  /** The answer was used. */
  HIT("hit"),
  /** The tier holds no value for the key. */
  ABSENT("absent"),
  /** Its filler had not heard of this node since it knows what changes. */
  NOT_HEARD("not-heard"),
  /** Something that the answer depends on has changed since, or may have. */
  CHANGED("changed"),
  /** So much has changed since that it is not known any more what. */
  FORGOTTEN("forgotten"),
  /** It is older than an answer may be now. */
  TOO_OLD("too-old"),
  /** Something has changed while it was fetched. */
  MOVED("moved"),
  /** Another release of the driver or of the format wrote it, or the columns are others. */
  ANOTHER_FORM("another-form"),
  /** It was not written with one of the secrets, for this key and this run of the server. */
  TAMPERED("tampered"),
  /** The tier did not answer in time. */
  LATE("late"),
  /** The tier failed. */
  FAILED("failed"),
  /** It was not asked: the database is quicker, or the tier is not to be reached. */
  BYPASSED("bypassed"),
  /** The key, or the answer, cannot be told to another JVM. */
  UNTELLABLE("untellable"),
  /** Another node was loading it, and was waited for. */
  WAITED("waited"),
  /** The answer was kept there. */
  STORED("stored"),
  /** The answer is larger than a value may be. */
  TOO_LARGE("too-large"),
  /** There were too many answers to be kept at once. */
  DROPPED("dropped");

  private final String word;

  TierOutcome(String word) {
    this.word = word;
  }

  /** As reports and meters spell it. */
  public String word() {
    return word;
  }
}
