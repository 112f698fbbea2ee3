// The file of private signing keys, which only its owner reads. Keeping it is boot's business.

import type { SigningKeyEntry } from '../../../identity/keys/signing-keys.ts'

export interface KeysFilePort {
  /** The path for people; null where the project has none yet. */
  path(): string | null
  /**
   * Writes the keys whole, making the file and naming it in the configuration where there is none: all of it or
   * nothing. Refuses `config.*`.
   */
  write(keys: readonly SigningKeyEntry[]): Promise<void>
}
