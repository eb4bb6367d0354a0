/** Slices by the annotation of Spring Boot 4. */
@org.jspecify.annotations.NullMarked
package dev.larder.spring.slice.boot4;
