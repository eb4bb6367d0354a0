/** What is answered from memory of what the libraries that applications use ask? */
@org.jspecify.annotations.NullMarked
package dev.larder.integrations;
