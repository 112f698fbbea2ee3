// The refusal of what is not there for a caller, whether or not it is there.

import { Refusal } from '../../refusal/refusal.ts'
import type { Caller } from './caller.ts'

/** `storage.object-not-found`, with what would show an object of that name to this caller. */
export function objectNotShown(
  place: { readonly bucket: string; readonly name: string },
  { identity }: Caller,
): Refusal {
  const fix = `There is no object of that name, or no policy for SELECT on storage.objects shows it to this caller (role ${identity.role}).`
  return new Refusal('storage.object-not-found', { ...place }, { fix })
}
