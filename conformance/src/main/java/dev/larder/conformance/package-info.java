/** What must hold for any query cache that stands between an application and its database? */
@NullMarked
package dev.larder.conformance;

import org.jspecify.annotations.NullMarked;
