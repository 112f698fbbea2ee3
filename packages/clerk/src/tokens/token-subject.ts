// The facts a token speaks about: one session, its user, the active organization. Read by state/, turned into claims by the other files of this folder. Times are Unix milliseconds.

import type { Json, JsonObject } from './json.ts'

/** The organization the session is in, with what the user may do there. */
export interface OrganizationGrant {
  readonly id: string
  readonly slug: string
  /** With its prefix, as stored: `org:admin`. */
  readonly role: string
  /** Full keys: `org:invoices:read`. System permissions may be among them, and are in no token. */
  readonly permissions: readonly string[]
}

/** The organization, as shortcodes may show it. */
export interface ActiveOrganization extends OrganizationGrant {
  readonly name: string
  readonly publicMetadata: JsonObject
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

/** What the default claims of a session token speak about. */
export interface SessionSubject {
  readonly sessionId: string
  /** `pending` while session tasks are open; SDKs then show the person as signed out. */
  readonly sessionStatus: 'active' | 'pending'
  readonly firstFactorVerifiedAt: number | null
  readonly secondFactorVerifiedAt: number | null
  /** The impersonator, for `act`. */
  readonly actor: Json
  readonly user: Pick<SubjectUser, 'id'>
  readonly organization: OrganizationGrant | null
}

/** A session with everything that shortcodes may name. */
export interface TokenSubject extends SessionSubject {
  readonly user: SubjectUser
  readonly organization: ActiveOrganization | null
}
