/** Health on this line of Spring Boot. */
@org.jspecify.annotations.NullMarked
package dev.larder.spring.health;
