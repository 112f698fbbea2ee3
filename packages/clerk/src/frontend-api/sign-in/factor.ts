// What a way to prove oneself is, at sign-in and when a session is verified again: each strategy is one file below
// strategies/, and first-factors.ts and second-factors.ts list them.

import type { AuthenticationSettings } from '../../state/instance/authentication-settings.ts'
import type { User } from '../../state/people/users.ts'
import type { Verification } from '../../state/sessions/verifications.ts'
import type { Proof } from '../../proof/verification/proof.ts'
import type { ClientRequest } from '../frontend-request.ts'

/** A way that is open to a person. */
export interface Factor {
  readonly strategy: string
  /** The address or number that a message goes to. */
  readonly identifier?: string
  readonly emailAddressId?: string
  readonly phoneNumberId?: string
  /** Whether that is the primary one of its kind. */
  readonly primary?: boolean
  /** The second factor to begin with. */
  readonly isDefault?: boolean
}

/** Who has to prove herself. */
export interface Person {
  readonly user: User
  /** Nobody: stands for an unknown identifier, so that the answers do not tell that it is unknown. */
  readonly isPhantom: boolean
}

/** An attempt: by whom (null before that is known), and at which verification that was prepared. */
export interface Attempted {
  readonly person: Person | null
  readonly verification: Verification | null
}

export interface FactorStrategy {
  /** The ways of this strategy that are open to a user. */
  readonly offers: (user: User, settings: AuthenticationSettings) => readonly Factor[]
  /** Finds out by itself who somebody is: a sign-in may begin with it and without an identifier. */
  readonly identifies?: true
  /** Sends what is to be shown. Strategies without it need no preparation. */
  readonly prepare?: (request: ClientRequest, person: Person | null) => Promise<Verification>
  /** Checks what the form shows. Refuses what is wrong; whatever is counted of it is committed by then. */
  readonly attempt: (request: ClientRequest, attempted: Attempted) => Promise<Proof>
}
