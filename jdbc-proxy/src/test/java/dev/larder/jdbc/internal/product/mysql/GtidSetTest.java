package dev.larder.jdbc.internal.product.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets of GTIDs as MySQL writes them. */
class GtidSetTest {

  private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
  private static final String B = "4e11fa47-71ca-11e1-9e33-c80aa9429562";

  private static GtidSet set(String text) {
    return GtidSet.parse(text.replace("A", A).replace("B", B));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A:1-5          | A:1-5              | true",
        "A:1-5          | A:2:4-5            | true",
        "A:1-5          | A:6                | false",
        "A:1-5          | A:5-6              | false",
        "A:1-3:5-9      | A:4                | false",
        "A:1-3:5-9      | A:2-6              | false",
        "A:1-3:4-9      | A:2-6              | true",
        "A:5-9:1-3      | A:1:6              | true",
        "A:1-5          | ''                 | true",
        "''             | A:1                | false",
        "A:1-5          | B:1                | false",
        "'A:1-5,\nB:7'  | 'B:7,A:1'          | true",
        "A:1-5:x:1-2    | A:x:2              | true",
        "A:1-5          | A:x:2              | false",
        "A:x:1-2        | A:1                | false"
      })
  void contains(String set, String part, boolean isContained) {
    assertThat(set(set).containsAll(set(part))).isEqualTo(isContained);
  }

  @Test
  void whatIsNewIsOfOneSource() {
    assertThat(set("A:1-9").addsOnlyOf(A, set("A:1-5"))).isTrue();
    assertThat(set("A:1-9:x:1").addsOnlyOf(A, set("A:1-5"))).isTrue();
    assertThat(set("A:1-9,B:1-3").addsOnlyOf(A, set("A:1-5,B:1-7"))).isTrue();
    assertThat(set("A:1-9,B:1-3").addsOnlyOf(A, set("A:1-5,B:1-2"))).isFalse();
    assertThat(set("A:1-9,B:1").addsOnlyOf(A, set("A:1-20"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "A:", "A:-", "A:1-5:?:1"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> set(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
