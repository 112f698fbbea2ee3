// The mirror's refusals, in the form of PostgREST's and with our own codes: upstream knows nothing like it.

import type { MirrorRefusals } from '../vocabulary/mirror.ts'
import type { Sayings } from './said.ts'

export const mirrorSayings: Sayings<keyof MirrorRefusals> = {
  'mirror.disabled': () => ({
    status: 404,
    code: 'mirror.disabled',
    message: 'This project keeps no mirror of Clerk’s people and organisations',
  }),
  'mirror.signature-invalid': ({ reason }) => ({
    status: 400,
    code: 'mirror.signature-invalid',
    message: 'The webhook is not signed with the secret of this endpoint',
    details: reason,
  }),
  'mirror.event-malformed': ({ reason }) => ({
    status: 400,
    code: 'mirror.event-malformed',
    message: 'The webhook carries no event that Clerk sends',
    details: reason,
  }),
  'mirror.backfill-running': () => ({
    status: 409,
    code: 'mirror.backfill-running',
    message: 'A backfill is under way',
  }),
  'mirror.clerk-unavailable': ({ url, reason }) => ({
    status: 502,
    code: 'mirror.clerk-unavailable',
    message: `Clerk’s Backend API at ${url} did not answer as it should`,
    details: reason,
  }),
}
