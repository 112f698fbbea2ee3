// What every driver must do. A driver's test opens one over an empty place.

import { afterAll, beforeAll, describe } from 'vitest'

import type { Blobs } from '../blobs.ts'
import { listingContract } from './listing.contract.ts'
import { partsContract } from './parts.contract.ts'
import { writingContract } from './writing.contract.ts'

export interface BlobsDriver {
  open(): Promise<Blobs>
  /** Bytes that a part has at least, but for the last one. */
  readonly smallestPart: number
  /** So many blobs are listed. */
  readonly many: number
}

export function blobsContract(driver: BlobsDriver): void {
  let blobs: Blobs
  beforeAll(async () => {
    blobs = await driver.open()
  })
  afterAll(async () => await blobs.close())
  describe('a blob', () => {
    writingContract(() => blobs)
  })
  describe('a blob in parts', () => {
    partsContract(() => blobs, driver.smallestPart)
  })
  describe('all blobs', () => {
    listingContract(() => blobs, driver.many)
  })
}
