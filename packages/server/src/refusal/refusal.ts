// The one way to say no. A Refusal carries a code from one closed vocabulary, the typed detail that
// belongs to the code, and the fix where it is known. How it looks on the wire is each dialect's
// renderer's business; anything that is not a Refusal is a Fault.

import type { BootRefusals } from './vocabulary/boot.ts'
import type { CatalogRefusals } from './vocabulary/catalog.ts'
import type { ConsoleRefusals } from './vocabulary/console.ts'
import type { EngineRefusals } from './vocabulary/engine.ts'
import type { MailboxRefusals } from './vocabulary/mailbox.ts'
import type { MigrationRefusals } from './vocabulary/migration.ts'
import type { MirrorRefusals } from './vocabulary/mirror.ts'
import type { PlatformRefusals } from './vocabulary/platform.ts'
import type { PostgresRefusals } from './vocabulary/postgres.ts'
import type { RealtimeRefusals } from './vocabulary/realtime.ts'
import type { RequestRefusals } from './vocabulary/request.ts'
import type { S3Refusals } from './vocabulary/s3.ts'
import type { StorageRefusals } from './vocabulary/storage.ts'
import type { StudioRefusals } from './vocabulary/studio.ts'
import type { TablesRefusals } from './vocabulary/tables.ts'
import type { TokenRefusals } from './vocabulary/token.ts'

/** What can keep the server from starting. No door ever renders these. */
export interface StartRefusals extends BootRefusals, EngineRefusals, MigrationRefusals {}

/** Every refusal the server can make, with the shape of what it tells. */
export interface RefusalDetails
  extends
    RequestRefusals,
    CatalogRefusals,
    TokenRefusals,
    PostgresRefusals,
    MirrorRefusals,
    PlatformRefusals,
    TablesRefusals,
    ConsoleRefusals,
    MailboxRefusals,
    StudioRefusals,
    RealtimeRefusals,
    StorageRefusals,
    S3Refusals,
    StartRefusals {}

export type RefusalCode = keyof RefusalDetails

interface RefusalOptions {
  /** One sentence that tells the reader what to change. */
  readonly fix?: string
  readonly cause?: unknown
}

/** We said no on purpose: `code` says which check, `detail` what it saw, `fix` what to do about it. */
export class Refusal<Code extends RefusalCode = RefusalCode> extends Error {
  override readonly name = 'Refusal'
  readonly code: Code
  readonly detail: RefusalDetails[Code]
  readonly fix: string | undefined

  constructor(code: Code, detail: RefusalDetails[Code], options: RefusalOptions = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.detail = detail
    this.fix = options.fix
  }
}

/** A Refusal as a union over its code, so that a renderer's `switch` narrows `detail` and is checked for completeness. */
export type AnyRefusal = { [Code in RefusalCode]: Refusal<Code> }[RefusalCode]

/** Narrows a caught value to the discriminated union of all refusals. */
export function isRefusal(thrown: unknown): thrown is AnyRefusal {
  return thrown instanceof Refusal
}
