package dev.larder.hibernate.internal.region;

/** An access of this cache's own. Implementations are thread-safe. */
public interface Slotted {

  Slots slots();
}
