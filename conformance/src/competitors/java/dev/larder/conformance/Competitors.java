package dev.larder.conformance;

import dev.larder.testkit.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Puts Larder and other caches to all probes, side by side. */
public final class Competitors {

  private Competitors() {}

  /**
   * @param arguments the file to write the table to
   */
  public static void main(String[] arguments) throws IOException {
    Logger.getLogger("").setLevel(Level.OFF);
    Map<Subject, List<Product>> subjects = new LinkedHashMap<>();
    subjects.put(new LarderSubject(), List.of(Product.values()));
    subjects.put(new AwsDataCache(), List.of(Product.POSTGRESQL, Product.MARIADB));
    subjects.put(new HibernateQueryCache(), List.of(Product.values()));
    Report report = new Report();
    subjects.forEach(
        (subject, products) -> {
          for (Probe probe : Suite.probes()) {
            for (Product product : products) {
              report.add(subject, probe, product, Suite.verdict(subject, probe, product));
            }
          }
          System.out.println(subject.name() + ": done");
        });
    System.out.println(report.asText());
    Path file = Path.of(arguments[0]);
    Files.writeString(file, report.asMarkdown());
    System.out.println("The table is in " + file);
  }
}
