// Refusals of the platform's own endpoints, which Studio and the commands use.

import type { NoDetail } from './no-detail.ts'
import type { RowRefusals } from './rows.ts'
import type { SettingsRefusals } from './settings.ts'

export interface PlatformRefusals extends RowRefusals, SettingsRefusals {
  /** A person's SQL that cannot stand where one expression belongs. `place` is what was filled in, such as `USING`. */
  'platform.expression-invalid': { readonly place: string; readonly reason: string }
  /** USING or WITH CHECK on a policy whose command does not take it, or none where it needs one. */
  'platform.policy-clauses': { readonly command: string; readonly reason: string }
  /** The built-in identity provider is off. */
  'platform.clerk-disabled': NoDetail
  /** An address that does not lie below the Backend API. */
  'platform.clerk-path': { readonly path: string }
  'platform.clerk-unreachable': { readonly reason: string }
  /** There is no Studio to open. */
  'platform.studio-disabled': NoDetail
  'platform.policy-unknown': { readonly schema: string; readonly table: string; readonly name: string }
  /** Somebody else changed the policy since it was read. */
  'platform.policy-changed': { readonly schema: string; readonly table: string; readonly name: string }
  /** None of these schemas exists; `known` are those that people look for. */
  'platform.schema-unknown': { readonly schemas: readonly string[]; readonly known: readonly string[] }
  /** No table, view or other relation has this name. */
  'platform.relation-unknown': { readonly schema: string; readonly name: string }
  /** What an address names is not there, or no longer. `kind` is a word such as `function`. */
  'platform.object-unknown': { readonly kind: string; readonly id: string }
  /** Something cannot be dropped because of what depends on it; one line for each, as Postgres says it. */
  'platform.dependants': { readonly object: string; readonly dependants: readonly string[] }
  'platform.extension-unavailable': { readonly name: string; readonly reason: string }
  /** A role that the project's doors stand on. */
  'platform.role-reserved': { readonly name: string }
  /** A migration that cannot be split, fails, or claims another's version. */
  'platform.migration-refused': { readonly reason: string }
  /** Postgres replaces a function's body, never what it takes and answers with. */
  'platform.function-signature-locked': { readonly name: string }
  /** Somebody changed a function after it was read. */
  'platform.function-changed': { readonly name: string }
  /** A function whose body is no text that could be written again. */
  'platform.function-locked': { readonly name: string; readonly kind: string; readonly language: string }
}
