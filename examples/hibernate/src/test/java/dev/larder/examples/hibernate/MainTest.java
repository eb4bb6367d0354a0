package dev.larder.examples.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MainTest {

  @Test
  void everyReaderSeesWhatWasWrittenBefore() throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      Main.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    assertThat(
            said.toString(StandardCharsets.UTF_8).lines().map(line -> line.replaceAll(" +", " ")))
        .containsSubsequence(
            "honey, read again 40 from memory",
            "nearly empty, asked again [mustard] from memory",
            "honey 4 from memory",
            "nearly empty [honey, mustard] from the database",
            "mustard 50 from the database",
            "nearly empty [honey] from the database",
            "mustard 49 from the database",
            "mustard 1 from the database",
            "nearly empty [honey, mustard] from the database");
  }
}
