// What a bucket may be called: what S3 takes in a key, without the slash.

import { Refusal } from '../../refusal/refusal.ts'

const FORM = /^[\w!.*'() &$=@;:+,?-]{1,100}$/
/** Upstream keeps names that end so for Iceberg catalogs. */
const RESERVED = '--table-s3'

/** Refuses with `storage.bucket-name-invalid`. */
export function checkBucketName(name: string): void {
  if (FORM.test(name)) return
  const fix = "Use at most 100 letters and digits of ASCII, spaces, and any of _!.*'()&$=@;:+,?-"
  throw new Refusal('storage.bucket-name-invalid', { name }, { fix })
}

/** What a new bucket may be called besides: nothing around it, nothing reserved. Refuses as `checkBucketName`. */
export function checkNewBucketName(name: string): void {
  if (name.trim() !== name)
    throw new Refusal('storage.bucket-name-invalid', { name }, { fix: 'Leave out the space around the name' })
  checkBucketName(name)
  if (name.endsWith(RESERVED))
    throw new Refusal('storage.bucket-name-invalid', { name }, { fix: `Let the name not end with ${RESERVED}` })
}
