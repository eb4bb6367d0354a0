package dev.larder.jdbc.internal.result.driver.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Types;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.client.ColumnDecoder;
import org.mariadb.jdbc.client.DataType;

/** The driver reads a definition as it would read the server's. */
final class MariaColumnDefinitionTest {

  @Test
  void theDriverReadsEveryField() throws Exception {
    ColumnDecoder decoder =
        MariaColumnDefinition.of(DataType.DECIMAL, 12).decimals(3).unsigned(true).decoder();
    assertThat(decoder.getType()).isEqualTo(DataType.DECIMAL);
    assertThat(decoder.getColumnLength()).isEqualTo(12);
    assertThat(decoder.getDecimals()).isEqualTo((byte) 3);
    assertThat(decoder.isSigned()).isFalse();
    assertThat(decoder.isBinary()).isTrue();
    assertThat(decoder.getColumnName()).isEmpty();
  }

  @Test
  void aTextIsAsLongAsItsCharacters() throws Exception {
    ColumnDecoder decoder = MariaColumnDefinition.ofText(DataType.VARSTRING, 255).decoder();
    Configuration configuration = Configuration.parse("jdbc:mariadb://localhost/");
    assertThat(decoder.isBinary()).isFalse();
    assertThat(decoder.getDisplaySize()).isEqualTo(255);
    assertThat(decoder.getColumnType(configuration)).isEqualTo(Types.VARCHAR);
  }

  @Test
  void aTypeWithoutANumberHasAName() throws Exception {
    ColumnDecoder decoder =
        MariaColumnDefinition.ofText(DataType.STRING, 36).named("uuid").decoder();
    assertThat(decoder.getColumnTypeName(Configuration.parse("jdbc:mariadb://localhost/")))
        .isEqualToIgnoringCase("uuid");
    assertThat(decoder.getColumnLength()).isEqualTo(144);
  }
}
