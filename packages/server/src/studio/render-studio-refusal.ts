// Studio's refusals in words: a status and a sentence, for JSON and for the page where one signs in.

import type { RefusalDetails } from '../refusal/refusal.ts'
import type { StudioRefusals } from '../refusal/vocabulary/studio.ts'

export interface RenderedStudioRefusal {
  readonly status: number
  readonly message: string
  /** Seconds. */
  readonly retryAfter?: number
}

type Renderings = {
  readonly [Code in keyof StudioRefusals]: (detail: RefusalDetails[Code]) => RenderedStudioRefusal
}

const renderings: Renderings = {
  'studio.host-foreign': ({ host }) => ({ status: 421, message: `Studio is not served under the name ${host}.` }),
  'studio.session-required': () => ({ status: 401, message: 'Sign in to Studio first.' }),
  'studio.page-foreign': () => ({ status: 403, message: 'Only Studio’s own page may ask this.' }),
  'studio.header-missing': ({ header }) => ({ status: 403, message: `A change needs the header ${header}.` }),
  'studio.link-spent': () => ({ status: 401, message: 'This link was used before, or is too old.' }),
  'studio.password-wrong': () => ({ status: 401, message: 'This is not the password.' }),
  'studio.too-many-attempts': ({ retryAfter }) => ({
    status: 429,
    message: `Too many wrong attempts. Try again in ${retryAfter} seconds.`,
    retryAfter,
  }),
}

/** Null for a refusal of another family. */
export function renderStudioRefusal(refusal: {
  readonly code: string
  readonly detail: object
}): RenderedStudioRefusal | null {
  if (!Object.hasOwn(renderings, refusal.code)) return null
  const renderingOf = renderings as Readonly<Record<string, (detail: object) => RenderedStudioRefusal>>
  return renderingOf[refusal.code]?.(refusal.detail) ?? null
}
