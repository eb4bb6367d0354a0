/** Does an application of Spring Boot keep all it had when Larder comes in? */
@org.jspecify.annotations.NullMarked
package dev.larder.spring;
