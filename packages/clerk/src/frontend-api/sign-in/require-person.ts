// Strategies that ask who somebody is before they ask for anything else.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { Person } from './factor.ts'

/** The person. Refuses an attempt at a strategy that needs an identifier before. */
export function requirePerson(person: Person | null): Person {
  if (person === null)
    throw new ClerkRefusal('form_conditional_param_missing', { param: 'identifier', present: 'strategy' })
  return person
}
