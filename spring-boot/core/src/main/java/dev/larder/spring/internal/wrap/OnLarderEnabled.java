package dev.larder.spring.internal.wrap;

import dev.larder.jdbc.Setting;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether {@code larder.enabled} is not switched off. Stateless and thread-safe. */
public final class OnLarderEnabled extends SpringBootCondition {

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    boolean on = new EnvironmentSettings(context.getEnvironment()).isOn();
    ConditionMessage message =
        ConditionMessage.forCondition("Larder")
            .because(Setting.ENABLED.property() + " says " + (on ? "on" : "off"));
    return new ConditionOutcome(on, message);
  }
}
