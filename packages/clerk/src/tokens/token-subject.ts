// The facts a token speaks about: one session, its user, the active organization. Read in one query by
// state/, turned into claims by the other files of this folder. Times are Unix milliseconds.

import type { Json, JsonObject } from './json.ts'

/** The organization the session is in, with the user's part in it. */
export interface ActiveOrganization {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly publicMetadata: JsonObject
  /** With its prefix, as stored: `org:admin`. */
  readonly role: string
  /** Full keys, system permissions included: `org:invoices:read`, `org:sys_memberships:read`. */
  readonly permissions: readonly string[]
  readonly membershipPublicMetadata: JsonObject
}

/** The user, as shortcodes may show her. */
export interface SubjectUser {
  readonly id: string
  readonly externalId: string | null
  readonly username: string | null
  readonly firstName: string | null
  readonly lastName: string | null
  readonly imageUrl: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly primaryEmailAddress: string | null
  readonly emailVerified: boolean
  readonly primaryPhoneNumber: string | null
  readonly phoneNumberVerified: boolean
  readonly twoFactorEnabled: boolean
  readonly publicMetadata: JsonObject
  readonly unsafeMetadata: JsonObject
  /** Organization id → role. */
  readonly organizations: Readonly<Record<string, string>>
}

export interface TokenSubject {
  readonly sessionId: string
  /** `pending` while session tasks are open; SDKs then show the person as signed out. */
  readonly sessionStatus: 'active' | 'pending'
  readonly firstFactorVerifiedAt: number | null
  readonly secondFactorVerifiedAt: number | null
  /** The impersonator, for `act`. */
  readonly actor: Json
  readonly user: SubjectUser
  readonly organization: ActiveOrganization | null
}
