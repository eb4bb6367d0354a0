package dev.larder.examples.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** A jar on a shelf. Used by one session. */
@Entity
@Table(name = "jar")
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = "jar")
public class Jar {

  @Id private long id;
  private String content = "";
  private int spoons;

  /** For Hibernate. */
  protected Jar() {}

  Jar(long id, String content, int spoons) {
    this.id = id;
    this.content = content;
    this.spoons = spoons;
  }

  public long getId() {
    return id;
  }

  public String getContent() {
    return content;
  }

  public int getSpoons() {
    return spoons;
  }

  public void setSpoons(int spoons) {
    this.spoons = spoons;
  }
}
