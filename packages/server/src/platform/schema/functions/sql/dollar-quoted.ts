// A function's body between dollar signs, whatever the body holds.

import type { Sql } from '../../../../database/sql.ts'

/** The body in a quote whose tag ends it nowhere but at its end: `$function$`, `$function1$`, … */
export function dollarQuoted(body: string): Sql {
  for (let number = 0; ; number++) {
    const tag = `$function${number === 0 ? '' : number}$`
    // Looked for together with its end: a body that stops in the middle of the tag would complete it too early.
    if (`${body}${tag}`.indexOf(tag) === body.length) return `${tag}${body}${tag}` as Sql
  }
}
