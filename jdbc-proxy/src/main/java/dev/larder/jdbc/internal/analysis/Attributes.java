package dev.larder.jdbc.internal.analysis;

import dev.larder.jdbc.internal.analysis.Attribute.Owner;
import java.util.HashSet;
import java.util.Set;

/** Finds the names behind dots that may be calls. Stateless. */
final class Attributes {

  private Attributes() {}

  /**
   * The attributes in a range of tokens.
   *
   * @param namesMayBeValues whether a name may stand for something that is no row
   */
  static Set<Attribute> in(TokenRange range, boolean namesMayBeValues) {
    if (!range.syntax.mayHave(SyntaxTrait.ATTRIBUTES_ARE_CALLS)) {
      return Set.of();
    }
    Set<Attribute> found = new HashSet<>();
    boolean onlyNames = false;
    for (int i = range.from; i < range.to; i++) {
      if (!range.isName(i)) {
        continue;
      }
      if (!range.is(i - 1, '.')) {
        onlyNames = true;
        continue;
      }
      onlyNames &= range.isName(i - 2);
      // Of a.b.c only c can be an attribute, of (a).b.c or $1.b.c both.
      boolean qualifier = onlyNames && range.is(i + 1, '.') && range.isName(i + 2);
      if (!qualifier && !range.is(i + 1, '(')) {
        Owner owner = onlyNames && !namesMayBeValues ? Owner.ROW : Owner.VALUE;
        found.add(new Attribute(range.tokens.part(i), owner));
      }
    }
    return found;
  }
}
