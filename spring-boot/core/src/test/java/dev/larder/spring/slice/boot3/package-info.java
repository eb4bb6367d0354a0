/** Slices by the annotation of Spring Boot 3. */
@org.jspecify.annotations.NullMarked
package dev.larder.spring.slice.boot3;
