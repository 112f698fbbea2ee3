// Finds how the values of a type are printed. A printer is made once for a type and then only runs.

import { type PrintCell, printString } from './cell-printer.ts'
import { arrayPrinter, vectorPrinter } from './print-array.ts'
import { compositePrinter } from './print-composite.ts'
import { printHstore } from './print-hstore.ts'
import { scalarPrinters } from './print-scalar.ts'

/** What pg_type says about a type that others are made of. */
export type TypeFacts =
  | { readonly kind: 'array'; readonly element: number; readonly delimiter: string }
  /** `int2vector` and `oidvector`. */
  | { readonly kind: 'vector'; readonly element: number }
  | { readonly kind: 'domain'; readonly base: number }
  | { readonly kind: 'composite'; readonly attributes: readonly { readonly name: string; readonly type: number }[] }
  | { readonly kind: 'hstore' }
  | { readonly kind: 'plain' }

/** `factsOf` must know every type that this one is made of; a type it does not know is printed as a string. */
export function cellPrinter(type: number, factsOf: (type: number) => TypeFacts | undefined): PrintCell {
  const scalar = scalarPrinters.get(type)
  if (scalar !== undefined) return scalar
  const facts = factsOf(type)
  switch (facts?.kind) {
    case 'array':
      return arrayPrinter(cellPrinter(facts.element, factsOf), facts.delimiter)
    case 'vector':
      return vectorPrinter(cellPrinter(facts.element, factsOf))
    case 'domain':
      return cellPrinter(facts.base, factsOf)
    case 'composite':
      return compositePrinter(
        facts.attributes.map(({ name, type: attribute }) => ({ name, print: cellPrinter(attribute, factsOf) })),
      )
    case 'hstore':
      return printHstore
    case 'plain':
    case undefined:
      return printString
  }
}
