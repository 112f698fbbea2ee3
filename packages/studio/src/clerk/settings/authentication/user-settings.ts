// How people sign up and in, as it is read and changed.

import { useClerk, useClerkChange } from '../../api/clerk-request.ts'

export type Asked = 'off' | 'optional' | 'required'
export type SignUpMode = 'public' | 'restricted' | 'waitlist'

interface Identifier {
  readonly asked: Asked
  readonly sign_in: boolean
}

export interface UserSettings {
  readonly email_address: Identifier & {
    readonly strategies: readonly ('email_code' | 'email_link')[]
    readonly verify_at_sign_up: boolean
  }
  readonly phone_number: Identifier & { readonly verify_at_sign_up: boolean; readonly second_factor: boolean }
  readonly username: Identifier
  readonly first_name: Asked
  readonly last_name: Asked
  readonly password: Asked
  readonly password_min_length: number
  readonly authenticator_app: boolean
  readonly backup_code: boolean
  readonly passkey: boolean
  readonly social: readonly string[]
  readonly second_factor_required: boolean
  readonly sign_up_mode: SignUpMode
  readonly single_session: boolean
  readonly reverification: boolean
  readonly delete_self: boolean
  readonly create_organization: boolean
  readonly enumeration_protection: boolean
  readonly lockout: { readonly attempts: number; readonly minutes: number }
  readonly attempts_per_minute: { readonly browser: number; readonly address: number }
  readonly social_providers: readonly {
    readonly key: string
    readonly name: string
    readonly enabled: boolean
    /** By config.toml, which alone can take it away. */
    readonly configured: boolean
  }[]
  /** Settings that differ from config.toml. */
  readonly changed: readonly string[]
}

/** A part of the settings; of an identifier and of the lock-out, a part of that. */
export type UserSettingsChange = {
  readonly [Name in keyof UserSettings]?: UserSettings[Name] extends readonly unknown[]
    ? UserSettings[Name]
    : Partial<UserSettings[Name]>
}

/** The settings, and what changes them at once. */
export interface ChangeableUserSettings {
  readonly settings: UserSettings | undefined
  readonly unread: Error | null
  readonly refused: Error | null
  readonly busy: boolean
  readonly change: (change: UserSettingsChange) => void
}

/** Reads the settings of this screen's instance. */
export function useUserSettings(): ChangeableUserSettings {
  const read = useClerk<UserSettings>('/instance/user_settings')
  const change = useClerkChange((body: UserSettingsChange) => ({
    method: 'PATCH',
    path: '/instance/user_settings',
    body,
  }))
  return {
    settings: read.data,
    unread: read.error,
    refused: change.error,
    busy: change.isPending,
    change: (body) => change.mutate(body),
  }
}
