/** Which ledger is below, and what does an entity, a collection or a query depend on? */
@org.jspecify.annotations.NullMarked
package dev.larder.hibernate.internal.link;
