/** How do the messages of nodes travel through Redis? */
@org.jspecify.annotations.NullMarked
package dev.larder.redis;
