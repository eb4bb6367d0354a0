package dev.larder.examples.springboot;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** What has nothing to do with plants. Not thread-safe, like any entity. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "pot")
public class Pot {

  @Id private Long id;
  private String colour;

  /** For Hibernate. */
  protected Pot() {}

  Pot(long id, String colour) {
    this.id = id;
    this.colour = colour;
  }

  public Long getId() {
    return id;
  }

  public String getColour() {
    return colour;
  }
}
