import { expect, it } from 'vitest'

import { dollarQuoted } from './dollar-quoted.ts'

it.each([
  ['select 1', '$function$select 1$function$'],
  ['a $function$ b', '$function1$a $function$ b$function1$'],
  ['$function$ $function1$', '$function2$$function$ $function1$$function2$'],
  ['ends with $function', '$function1$ends with $function$function1$'],
  ['ends with $', '$function$ends with $$function$'],
])('the quote around %j ends at its end', (body, quoted) => {
  expect(dollarQuoted(body)).toBe(quoted)
})
