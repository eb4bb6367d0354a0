package dev.larder.examples.springboot;

import jakarta.persistence.QueryHint;
import java.util.List;
import org.hibernate.jpa.HibernateHints;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.QueryHints;
import org.springframework.transaction.annotation.Transactional;

/** The plants. Thread-safe. */
interface Plants extends JpaRepository<Plant, Long> {

  @QueryHints(@QueryHint(name = HibernateHints.HINT_CACHEABLE, value = "true"))
  List<Plant> findByHeightGreaterThanOrderById(int height);

  /** A native UPDATE, which names no entity. */
  @Transactional
  @Modifying
  @Query(value = "update plant set height = height + 1 where id = ?1", nativeQuery = true)
  void water(long id);
}
