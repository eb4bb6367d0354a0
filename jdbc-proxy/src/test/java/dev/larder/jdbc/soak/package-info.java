/** Does Larder stay right, and as small as it was, however long everything goes wrong at once? */
@org.jspecify.annotations.NullMarked
package dev.larder.jdbc.soak;
