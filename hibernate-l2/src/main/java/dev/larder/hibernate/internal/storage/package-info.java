/** What does a region hold, and may it be put, served or forgotten now? */
@org.jspecify.annotations.NullMarked
package dev.larder.hibernate.internal.storage;
