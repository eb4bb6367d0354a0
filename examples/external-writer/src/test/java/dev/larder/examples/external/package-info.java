@org.jspecify.annotations.NullMarked
package dev.larder.examples.external;
