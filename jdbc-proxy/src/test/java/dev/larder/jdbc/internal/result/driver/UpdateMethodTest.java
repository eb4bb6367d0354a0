package dev.larder.jdbc.internal.result.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every method of ResultSet that would change a row is known by its signature. */
final class UpdateMethodTest {

  private static String signature(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(",", method.getName() + "(", ")"));
  }

  @Test
  void thereIsOneForEachMethodAndWayToNameAColumn() {
    Set<String> known = new TreeSet<>();
    for (UpdateMethod method : UpdateMethod.values()) {
      for (ColumnBy by : ColumnBy.values()) {
        assertThat(known.add(method.signature(by))).as("%s by %s", method, by).isTrue();
      }
    }
    for (RowMethod method : RowMethod.values()) {
      known.add(method.signature());
    }
    Set<String> declared =
        Stream.of(ResultSet.class.getDeclaredMethods())
            .map(UpdateMethodTest::signature)
            .filter(
                name ->
                    name.startsWith("update")
                        || name.matches("(cancel|delete|insert|refresh|moveTo).*Row.*"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(known).isEqualTo(declared);
  }
}
