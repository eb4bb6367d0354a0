package dev.larder.jdbc.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdmissionPolicyTest {

  private final AdmissionPolicy policy = new AdmissionPolicy(true);

  @Test
  void aTemplateHasOneAdmissionWhileItIsRemembered() {
    TemplateAdmission admission = policy.of("select ?");
    assertThat(policy.of("select ?")).isSameAs(admission);
    assertThat(policy.of("select ? + 1")).isNotSameAs(admission);
  }

  /** Symptom: a closed data source held what was measured of each of its templates. */
  @Test
  void whatIsForgottenIsHeldNoMore() {
    TemplateAdmission before = policy.of("select ?");
    policy.forget();
    assertThat(policy.of("select ?")).isNotSameAs(before);
  }
}
