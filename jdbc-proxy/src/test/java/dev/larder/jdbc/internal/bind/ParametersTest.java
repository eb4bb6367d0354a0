package dev.larder.jdbc.internal.bind;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** What an application sets is recorded, taken when the driver takes it, and told once. */
final class ParametersTest {

  private final List<String> told = new ArrayList<>();

  /** A statement that notes what it is told. */
  private final PreparedStatement statement =
      (PreparedStatement)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {PreparedStatement.class},
              (proxy, method, arguments) -> {
                told.add(method.getName() + List.of(arguments));
                return null;
              });

  @Test
  void parametersAreCompleteWithoutGaps() {
    Parameters parameters = new Parameters(3, ValueMoment.SETTER);
    parameters.set(3, Setter.INT, 3);
    parameters.set(1, Setter.INT, 1);
    assertThat(parameters.size()).isEqualTo(3);
    assertThat(parameters.areComplete(3)).isFalse();
    assertThat(parameters.view()).isNull();
    parameters.set(2, Setter.INT, 2);
    assertThat(parameters.areComplete(3)).isTrue();
    assertThat(parameters.areComplete(2)).isFalse();
    assertThat(parameters.view()).isNotNull();
  }

  @Test
  void aStatementIsToldOnce() throws SQLException {
    Parameters parameters = new Parameters(2, ValueMoment.SETTER);
    parameters.set(1, Setter.INT, 1);
    parameters.set(2, Setter.STRING, "two");
    parameters.replay(statement);
    parameters.replay(statement);
    assertThat(told).containsExactly("setInt[1, 1]", "setString[2, two]");
    parameters.set(2, Setter.STRING, "three");
    parameters.replay(statement);
    assertThat(told).hasSize(3).endsWith("setString[2, three]");
    told.clear();
    parameters.replayAll(statement);
    assertThat(told).containsExactly("setInt[1, 1]", "setString[2, three]");
  }

  @Test
  void whatTheDriverWasToldItIsNotToldAgain() throws SQLException {
    Parameters parameters = new Parameters(2, ValueMoment.SETTER);
    parameters.tell(statement, 1, Setter.OBJECT_TYPE, "5", Types.INTEGER);
    parameters.set(2, Setter.INT, 2);
    parameters.replay(statement);
    assertThat(told).containsExactly("setObject[1, 5, 4]", "setInt[2, 2]");
  }

  @Test
  void aDateIsTakenWhenTheDriverTakesIt() {
    Timestamp value = new Timestamp(0);
    Parameters inSetter = new Parameters(1, ValueMoment.SETTER);
    Parameters atExecution = new Parameters(1, ValueMoment.EXECUTION);
    Parameters unknown = new Parameters(1, ValueMoment.UNKNOWN);
    for (Parameters each : List.of(inSetter, atExecution, unknown)) {
      each.set(1, Setter.TIMESTAMP, value);
    }
    value.setTime(1);
    assertThat(inSetter.plainValue(1)).isEqualTo(new Timestamp(0));
    assertThat(atExecution.plainValue(1)).isEqualTo(new Timestamp(1));
    assertThat(unknown.view()).isNull();
    assertThat(unknown.needsDriver(1, Setter.TIMESTAMP, value)).isTrue();
    assertThat(inSetter.needsDriver(1, Setter.TIMESTAMP, value)).isFalse();
  }

  @Test
  void aDateGoesInTheZoneThatItWasTakenIn() throws SQLException {
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
      Parameters parameters = new Parameters(2, ValueMoment.SETTER);
      parameters.set(1, Setter.TIMESTAMP, new Timestamp(0));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
      parameters.replay(statement);
      assertThat(told).singleElement().asString().contains("Europe/Berlin");
      parameters.set(2, Setter.TIMESTAMP, new Timestamp(0));
      assertThat(parameters.view()).as("taken in two zones").isNull();
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void whatIsUsedUpBySendingIsPartOfNoKey() {
    Parameters parameters = new Parameters(1, ValueMoment.SETTER);
    parameters.set(1, Setter.BINARY_STREAM, InputStream.nullInputStream());
    assertThat(parameters.view()).isNull();
    assertThat(parameters.needsDriver(1, Setter.BINARY_STREAM, null)).isTrue();
  }

  @Test
  void clearedParametersAreNone() {
    Parameters parameters = new Parameters(1, ValueMoment.SETTER);
    parameters.set(1, Setter.INT, 1);
    parameters.clear();
    assertThat(parameters.size()).isZero();
    assertThat(parameters.view()).isSameAs(BoundValues.NONE);
    assertThat(Objects.requireNonNull(parameters.view()).isEmpty()).isTrue();
  }

  @Test
  void moreCanBeSetThanTheTextAsksFor() throws SQLException {
    Parameters parameters = new Parameters(1, ValueMoment.SETTER);
    for (int i = 1; i <= 20; i++) {
      parameters.set(i, Setter.INT, i);
    }
    assertThat(parameters.areComplete(20)).isTrue();
    assertThat(parameters.text(20)).isEqualTo("20");
    assertThat(parameters.text(21)).isNull();
    parameters.replay(statement);
    assertThat(told).hasSize(20);
  }
}
