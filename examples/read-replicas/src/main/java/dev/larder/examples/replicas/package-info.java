/** Does a shop see its own orders when it reads from replicas? */
@org.jspecify.annotations.NullMarked
package dev.larder.examples.replicas;
