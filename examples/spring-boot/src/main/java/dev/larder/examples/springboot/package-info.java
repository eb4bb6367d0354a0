/** What does a Spring Boot application write to have its entities cached? Properties. */
@org.jspecify.annotations.NullUnmarked
package dev.larder.examples.springboot;
