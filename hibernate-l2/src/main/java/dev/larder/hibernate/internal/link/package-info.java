/** Which ledger does the cache follow, and what do its entries depend on? */
@org.jspecify.annotations.NullMarked
package dev.larder.hibernate.internal.link;
