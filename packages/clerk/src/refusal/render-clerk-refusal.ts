// A refusal as Clerk's APIs put it on the wire: an HTTP status and one entry of `errors`.

import type { AnyClerkRefusal, ClerkRefusalDetails } from './clerk-refusal.ts'
import type { Rendering, Renderings } from './rendering.ts'
import { accessRenderings } from './vocabulary/access.ts'
import { accountRenderings } from './vocabulary/account.ts'
import { browserRenderings } from './vocabulary/browser.ts'
import { factorRenderings } from './vocabulary/factor.ts'
import { federationRenderings } from './vocabulary/federation.ts'
import { formRenderings } from './vocabulary/form.ts'
import { organizationEntryRenderings } from './vocabulary/organization-entry.ts'
import { organizationRenderings } from './vocabulary/organization.ts'
import { passkeyRenderings } from './vocabulary/passkey.ts'
import { pictureRenderings } from './vocabulary/picture.ts'
import { profileRenderings } from './vocabulary/profile.ts'
import { requestRenderings } from './vocabulary/request.ts'
import { signInRenderings } from './vocabulary/sign-in.ts'
import { startRenderings } from './vocabulary/start.ts'
import { ticketRenderings } from './vocabulary/ticket.ts'
import { tokenRenderings } from './vocabulary/token.ts'
import { verificationRenderings } from './vocabulary/verification.ts'

/** One entry of the `errors` array. `meta.param_name` says which parameter is at fault; SDKs attach the message to it. */
export interface WireError {
  readonly code: string
  readonly message: string
  readonly long_message: string
  readonly meta?: Readonly<Record<string, unknown>>
}

export interface RenderedRefusal {
  readonly status: number
  readonly error: WireError
  /** Seconds after which asking again makes sense; travels as `Retry-After`. */
  readonly retryAfter?: number
}

/** Renders a refusal. */
export function renderClerkRefusal(refusal: AnyClerkRefusal): RenderedRefusal {
  const render = renderings[refusal.code] as (detail: AnyClerkRefusal['detail']) => Rendering
  const { status, message, longMessage, code, meta, retryAfter } = render(refusal.detail)
  const error = { code: code ?? refusal.code, message, long_message: longMessage ?? message }
  return {
    status,
    error: meta === undefined ? error : { ...error, meta },
    ...(retryAfter !== undefined && { retryAfter }),
  }
}

const renderings: Renderings<ClerkRefusalDetails> = {
  ...requestRenderings,
  ...formRenderings,
  ...browserRenderings,
  ...accessRenderings,
  ...accountRenderings,
  ...federationRenderings,
  ...factorRenderings,
  ...pictureRenderings,
  ...organizationRenderings,
  ...ticketRenderings,
  ...organizationEntryRenderings,
  ...tokenRenderings,
  ...signInRenderings,
  ...verificationRenderings,
  ...profileRenderings,
  ...passkeyRenderings,
  ...startRenderings,
}
