/** How does Spring Boot put Larder above the DataSources of an application? */
@org.jspecify.annotations.NullMarked
package dev.larder.spring;
