package dev.larder.spring.slice.boot4;

import dev.larder.spring.slice.SliceContract;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.test.context.ContextConfiguration;

@DataJpaTest(
    properties = {
      "larder.enabled=false",
      "spring.jpa.hibernate.ddl-auto=create-drop",
      "spring.flyway.enabled=false",
      "spring.liquibase.enabled=false"
    })
@ContextConfiguration(classes = SliceContract.Herbs.class)
class WithoutLarderSliceTest extends SliceContract {}
