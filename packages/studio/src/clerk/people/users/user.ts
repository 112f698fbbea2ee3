// A user as the Backend API prints her, in the parts that these screens show.

export interface Identifier {
  readonly id: string
  readonly verification: { readonly status: string } | null
}

export interface User {
  readonly id: string
  readonly username: string | null
  readonly first_name: string | null
  readonly last_name: string | null
  readonly image_url: string
  readonly has_image: boolean
  readonly primary_email_address_id: string | null
  readonly primary_phone_number_id: string | null
  readonly email_addresses: readonly (Identifier & { readonly email_address: string })[]
  readonly phone_numbers: readonly (Identifier & {
    readonly phone_number: string
    readonly reserved_for_second_factor: boolean
  })[]
  readonly passkeys: readonly { readonly id: string; readonly name: string; readonly last_used_at: number | null }[]
  readonly external_accounts: readonly {
    readonly id: string
    readonly provider: string
    readonly email_address: string
  }[]
  readonly public_metadata: Readonly<Record<string, unknown>>
  readonly private_metadata: Readonly<Record<string, unknown>>
  readonly unsafe_metadata: Readonly<Record<string, unknown>>
  readonly external_id: string | null
  readonly password_enabled: boolean
  readonly two_factor_enabled: boolean
  readonly totp_enabled: boolean
  readonly backup_code_enabled: boolean
  readonly banned: boolean
  readonly locked: boolean
  readonly last_sign_in_at: number | null
  readonly created_at: number
}

/** What a user is called in a list: her names, else what she signs in with, else her id. */
export function nameOfUser(user: User): string {
  const names = [user.first_name, user.last_name].filter((name) => name !== null && name !== '').join(' ')
  return names || primaryEmailOf(user) || user.username || user.phone_numbers[0]?.phone_number || user.id
}

/** The primary e-mail address, or null. */
export function primaryEmailOf(user: User): string | null {
  const primary = user.email_addresses.find(({ id }) => id === user.primary_email_address_id)
  return (primary ?? user.email_addresses[0])?.email_address ?? null
}
