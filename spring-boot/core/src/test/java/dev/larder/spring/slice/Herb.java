package dev.larder.spring.slice;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A row. For one thread. */
@Entity
public class Herb {

  @Id private long id;

  private String name = "";

  protected Herb() {}

  Herb(long id, String name) {
    this.id = id;
    this.name = name;
  }

  String getName() {
    return name;
  }
}
