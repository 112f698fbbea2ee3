// Proving that an address, a number or a browser is somebody's: codes, links, and how often one may try.

import { type Nothing, type Rendering, type Renderings, atParam } from '../rendering.ts'

export interface VerificationRefusals {
  form_code_incorrect: Nothing
  verification_expired: Nothing
  verification_failed: Nothing
  verification_already_verified: Nothing
  verification_missing: Nothing
  verification_link_unknown: Nothing
  too_many_requests: { readonly retryAfterSeconds: number }
}

export const verificationRenderings: Renderings<VerificationRefusals> = {
  form_code_incorrect: () => atParam('code', 'is incorrect', 'Incorrect code'),
  verification_expired: () => bad('has expired', 'This verification has expired. Ask for a new code.'),
  verification_failed: () =>
    bad('failed', 'Too many failed attempts. You have to try again with the same or another method.'),
  verification_already_verified: () => bad('already verified', 'This verification has already been verified.'),
  verification_missing: () => bad('is missing', 'Prepare a verification before you attempt it.'),
  verification_link_unknown: () => ({
    status: 404,
    code: 'resource_not_found',
    message: 'not found',
    longMessage: 'This link is not one that was sent. Ask for a new one.',
  }),
  too_many_requests: ({ retryAfterSeconds }) => ({
    status: 429,
    message: 'Too many requests. Please try again in a bit.',
    longMessage: 'Too many requests. Please try again in a bit.',
    retryAfter: retryAfterSeconds,
  }),
}

function bad(message: string, longMessage: string): Rendering {
  return { status: 400, message, longMessage }
}
