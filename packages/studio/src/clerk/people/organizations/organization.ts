// Organizations, memberships and roles as the Backend API prints them, in the parts that are shown.

export interface Organization {
  readonly id: string
  readonly name: string
  readonly slug: string
  readonly image_url: string
  readonly has_image: boolean
  readonly members_count?: number
  readonly pending_invitations_count: number
  /** 0 is no limit. */
  readonly max_allowed_memberships: number
  readonly admin_delete_enabled: boolean
  readonly public_metadata: Readonly<Record<string, unknown>>
  readonly private_metadata: Readonly<Record<string, unknown>>
  readonly created_at: number
}

export interface Membership {
  readonly id: string
  readonly role: string
  readonly organization: Organization
  readonly public_user_data: {
    readonly user_id: string
    readonly first_name: string | null
    readonly last_name: string | null
    readonly identifier: string | null
  }
  readonly created_at: number
}

export interface Permission {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly description: string | null
  /** The system's do not change. */
  readonly type: 'system' | 'user'
}

export interface Role {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly description: string | null
  readonly permissions: readonly Permission[]
}

/** What a member is called in a list. */
export function nameOfMember({ public_user_data: user }: Membership): string {
  const names = [user.first_name, user.last_name].filter((name) => name !== null && name !== '').join(' ')
  return names || user.identifier || user.user_id
}
