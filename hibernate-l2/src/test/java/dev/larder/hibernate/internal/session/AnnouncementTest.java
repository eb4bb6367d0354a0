package dev.larder.hibernate.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.hibernate.internal.session.Announcement.Exemption;
import java.util.Set;
import org.hibernate.sql.model.MutationType;
import org.junit.jupiter.api.Test;

/** For which executor an announced action counts. */
final class AnnouncementTest {

  private static final Exemption EXEMPTION = new Exemption("1:Book", Set.of("book"));

  private final Object persister = new Object();
  private final Object entity = new Object();

  @Test
  void anInsertCountsAtOnceAndForItsOwnEntity() {
    Announcement insert = Announcement.insert(persister, EXEMPTION, entity);
    assertThat(insert.isOf(persister, MutationType.INSERT)).isTrue();
    assertThat(insert.isOf(persister, MutationType.UPDATE)).isFalse();
    assertThat(insert.isOf(new Object(), MutationType.INSERT)).isFalse();
    assertThat(insert.covers(entity)).isTrue();
    assertThat(insert.covers(new Object())).isFalse();
  }

  @Test
  void anUpdateCountsOnceHibernateHasLockedTheEntity() {
    Announcement update =
        Announcement.change(persister, EXEMPTION, MutationType.UPDATE, entity, "key");
    assertThat(update.isOf(persister, MutationType.UPDATE)).isFalse();
    update.locked("another key");
    assertThat(update.isOf(persister, MutationType.UPDATE)).isFalse();
    update.locked("key");
    assertThat(update.isOf(persister, MutationType.UPDATE)).isTrue();
    assertThat(update.isDelete()).isFalse();
  }

  @Test
  void aCollectionIsWrittenInAnyWayAndByMoreThanOneExecutor() {
    Announcement collection = Announcement.collection(persister, EXEMPTION);
    assertThat(collection.isOf(persister, MutationType.INSERT)).isTrue();
    assertThat(collection.isOf(persister, MutationType.DELETE)).isTrue();
    assertThat(collection.covers(new Object())).isTrue();
    assertThat(collection.isOfOneEntity()).isFalse();
  }
}
