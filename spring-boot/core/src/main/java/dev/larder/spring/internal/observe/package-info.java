/** What does an application see of Larder, and keep seeing of the pools below it? */
@org.jspecify.annotations.NullMarked
package dev.larder.spring.internal.observe;
