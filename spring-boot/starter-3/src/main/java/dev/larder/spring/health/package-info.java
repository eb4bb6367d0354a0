/** What does the health endpoint of this line of Spring Boot show of Larder? */
@org.jspecify.annotations.NullMarked
package dev.larder.spring.health;
