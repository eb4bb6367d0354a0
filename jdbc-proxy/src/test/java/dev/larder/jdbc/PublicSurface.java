package dev.larder.jdbc;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/** What a user can see of a public type. */
final class PublicSurface {
  static final ArchCondition<JavaClass> SHOW_NOTHING_INTERNAL =
      new ArchCondition<>("show no internal type in a public signature") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
          for (JavaCodeUnit unit : type.getCodeUnits()) {
            if (unit.getModifiers().contains(JavaModifier.PUBLIC)) {
              Stream.concat(
                      unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
                  .filter(shown -> shown.getPackageName().contains(".internal"))
                  .forEach(
                      shown ->
                          events.add(
                              SimpleConditionEvent.violated(
                                  type, unit.getFullName() + " shows " + shown.getName())));
            }
          }
        }
      };

  private PublicSurface() {}
}
