/** What an application tests its repositories with. */
@org.jspecify.annotations.NullMarked
package dev.larder.spring.slice;
