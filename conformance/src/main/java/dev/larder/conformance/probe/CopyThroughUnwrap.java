package dev.larder.conformance.probe;

import dev.larder.conformance.Client;
import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;
import dev.larder.testkit.Product;
import java.io.StringReader;
import java.util.Set;
import org.postgresql.PGConnection;

final class CopyThroughUnwrap implements Probe {

  @Override
  public String sentence() {
    return "Rows that come by COPY, on the driver's own object, are seen.";
  }

  @Override
  public Set<Product> products() {
    return Set.of(Product.POSTGRESQL);
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    String count = "select count(*) from book";
    story.assertCached(count);
    try (Client client = story.client()) {
      client
          .connection()
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy book from stdin (format csv)", new StringReader("3,x1\n4,y1\n"));
      story.assertRight(count);
      client.begin();
      client.read(count);
      client
          .connection()
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy book from stdin (format csv)", new StringReader("5,z1\n"));
      client.expects("5", count);
      story.expects("4", count);
      client.commit();
    }
    story.assertRight(count);
  }
}
