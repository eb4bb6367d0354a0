/** Does Larder hold, and can the suite find a cache that does not? */
@NullMarked
package dev.larder.conformance;

import org.jspecify.annotations.NullMarked;
