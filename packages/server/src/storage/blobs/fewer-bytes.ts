// What is said of a blob that ends before its reader does.

import { Refusal } from '../../refusal/refusal.ts'

export function fewerBytes(): Refusal<'storage.bytes-unavailable'> {
  return new Refusal('storage.bytes-unavailable', { reason: 'There are fewer bytes than the object has' })
}
