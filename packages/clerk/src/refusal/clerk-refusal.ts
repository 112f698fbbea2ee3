// The one way this package says no. A ClerkRefusal carries one code of Clerk's own vocabulary and the
// detail that code tells; vocabulary/ lists the codes by subject with their wire form. Anything else is a fault.

import type { AccessRefusals } from './vocabulary/access.ts'
import type { AccountRefusals } from './vocabulary/account.ts'
import type { BrowserRefusals } from './vocabulary/browser.ts'
import type { FactorRefusals } from './vocabulary/factor.ts'
import type { FederationRefusals } from './vocabulary/federation.ts'
import type { FormRefusals } from './vocabulary/form.ts'
import type { OrganizationEntryRefusals } from './vocabulary/organization-entry.ts'
import type { OrganizationRefusals } from './vocabulary/organization.ts'
import type { PasskeyRefusals } from './vocabulary/passkey.ts'
import type { PictureRefusals } from './vocabulary/picture.ts'
import type { ProfileRefusals } from './vocabulary/profile.ts'
import type { RequestRefusals } from './vocabulary/request.ts'
import type { SignInRefusals } from './vocabulary/sign-in.ts'
import type { StartRefusals } from './vocabulary/start.ts'
import type { TicketRefusals } from './vocabulary/ticket.ts'
import type { TokenRefusals } from './vocabulary/token.ts'
import type { VerificationRefusals } from './vocabulary/verification.ts'

/** Every refusal the identity provider can make, with the shape of what it tells. Codes as Clerk's error index names them. */
export interface ClerkRefusalDetails
  extends
    RequestRefusals,
    FormRefusals,
    BrowserRefusals,
    AccessRefusals,
    AccountRefusals,
    FederationRefusals,
    FactorRefusals,
    PictureRefusals,
    OrganizationRefusals,
    TicketRefusals,
    OrganizationEntryRefusals,
    TokenRefusals,
    SignInRefusals,
    VerificationRefusals,
    ProfileRefusals,
    PasskeyRefusals,
    StartRefusals {}

export type ClerkRefusalCode = keyof ClerkRefusalDetails

/** We said no on purpose: `code` says which rule, `detail` what it saw, and `message` both, for logs and terminals. */
export class ClerkRefusal<Code extends ClerkRefusalCode = ClerkRefusalCode> extends Error {
  override readonly name = 'ClerkRefusal'
  readonly code: Code
  readonly detail: ClerkRefusalDetails[Code]

  constructor(code: Code, detail: ClerkRefusalDetails[Code], options: { readonly cause?: unknown } = {}) {
    const told = Object.values(detail).map((value: unknown) =>
      typeof value === 'string' ? value : JSON.stringify(value),
    )
    super([code, ...told].join(': '), options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.detail = detail
  }
}

/** A ClerkRefusal as a union over its code, so that the renderer's `switch` narrows `detail` and is checked for completeness. */
export type AnyClerkRefusal = { [Code in ClerkRefusalCode]: ClerkRefusal<Code> }[ClerkRefusalCode]

/** Narrows a caught value to the discriminated union of all refusals. */
export function isClerkRefusal(thrown: unknown): thrown is AnyClerkRefusal {
  return thrown instanceof ClerkRefusal
}
