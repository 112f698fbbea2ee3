// What the areas of the door are given.

import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'

import type { SessionLocks } from '../../database/pool/session-locks.ts'
import type { Identify } from '../../identity/identity.ts'
import type { StorageDatabase } from '../access/storage-database.ts'
import type { Blobs } from '../blobs/blobs.ts'
import type { GrowingBlobs } from '../blobs/growing-blobs.ts'
import type { StorageConfig } from '../config.ts'
import type { Uploads } from '../objects/uploads.ts'
import type { SignedTokens } from '../signed/signed-tokens.ts'

export interface StorageDeps {
  readonly config: StorageConfig
  readonly database: StorageDatabase
  readonly blobs: Blobs
  readonly growing: GrowingBlobs
  /** Of uploads that one at a time writes to, by their version. */
  readonly locks: SessionLocks
  readonly uploads: Uploads
  readonly signed: SignedTokens
  readonly identify: Identify
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly log: Logger
}

/** Adds the routes of one area, below `/storage/v1`. */
export type StorageArea = (fastify: FastifyInstance, deps: StorageDeps) => void
