package dev.larder.consumer.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** An entity. */
@Entity
@Cacheable
public class Jar {
  @Id private int id;
  private String content;

  /** For Hibernate. */
  protected Jar() {}

  Jar(int id, String content) {
    this.id = id;
    this.content = content;
  }

  /** What is in it. */
  public String content() {
    return content;
  }
}
