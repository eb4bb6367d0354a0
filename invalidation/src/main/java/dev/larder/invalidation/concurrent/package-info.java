/** How does something run again and again beside the application, and how does it end? */
@org.jspecify.annotations.NullMarked
package dev.larder.invalidation.concurrent;
