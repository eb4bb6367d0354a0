/** What does Hibernate ask of a region, and what does the storage answer? */
@org.jspecify.annotations.NullMarked
package dev.larder.hibernate.internal.region;
