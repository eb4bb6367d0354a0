@NullMarked
package dev.larder.testkit;

import org.jspecify.annotations.NullMarked;
