// Which names an object may have.

import { Refusal } from '../../refusal/refusal.ts'

/** Upstream's: what S3 calls safe, and what it says needs care. */
const FORM = /^[\w/!.*'() &$=@;:+,?-]+$/
/** As S3, and well below what an index of Postgres holds. */
const LONGEST = 1024

/** Refuses with `storage.key-invalid`. Empty segments are names; `.` and `..` are not, since no URL can say them. */
export function checkObjectKey(key: string): void {
  const fix = whatToChange(key)
  if (fix !== null) throw new Refusal('storage.key-invalid', { key }, { fix })
}

function whatToChange(key: string): string | null {
  if (key === '') return 'Name the object behind the bucket.'
  if (key.length > LONGEST) return `Shorten the name: it may have ${LONGEST} characters.`
  if (!FORM.test(key)) return "Use letters without accents, digits and /!-.*'() &$=@;:+,?_ alone."
  const dots = key.split('/').some((segment) => segment === '.' || segment === '..')
  return dots ? 'Leave out the segments `.` and `..`.' : null
}
