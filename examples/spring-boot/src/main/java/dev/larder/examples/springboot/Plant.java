package dev.larder.examples.springboot;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** A plant and how many centimetres it measures. Not thread-safe, like any entity. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "plant")
public class Plant {

  @Id private Long id;
  private String name;
  private int height;

  /** For Hibernate. */
  protected Plant() {}

  Plant(long id, String name, int height) {
    this.id = id;
    this.name = name;
    this.height = height;
  }

  public Long getId() {
    return id;
  }

  public String getName() {
    return name;
  }

  public int getHeight() {
    return height;
  }

  public void setHeight(int height) {
    this.height = height;
  }
}
