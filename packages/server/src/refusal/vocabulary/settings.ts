// Refusals of the endpoints that change the project's settings, and with them its configuration file.

import type { NoDetail } from './no-detail.ts'

export interface SettingsRefusals {
  /** The file is wrong, or would be after the change. `key` is a dotted name, empty for the file as a whole. */
  'config.invalid': { readonly key: string; readonly problem: string }
  /** What would have to be edited is written in a way that is left to people. */
  'config.not-editable': { readonly key: string; readonly reason: string }
  /** Somebody wrote to the file while it was being changed. */
  'config.changed': { readonly file: string }
  'config.unwritable': { readonly file: string; readonly reason: string }
  /** There is an integration of that name, or of that issuer. */
  'third-party.exists': { readonly name: string; readonly issuer: string | null }
  'third-party.unknown': { readonly id: string }
  /** What was filled in names no usable issuer; the reason is that of the start. */
  'third-party.invalid': { readonly reason: string }
  /** Trusted because the built-in instance is connected, not because the file names it. */
  'third-party.built-in': { readonly id: string; readonly instance: string }
  'settings.schema-unknown': { readonly schemas: readonly string[] }
  'signing-keys.unknown': { readonly keyId: string }
  /** A key cannot go this way from the state it is in. */
  'signing-keys.state': { readonly keyId: string; readonly action: string; readonly reason: string }
  /** The JWT secret still signs the legacy API keys. */
  'signing-keys.legacy': NoDetail
}
