// What every driver must do. A driver's test opens one over an empty place.

import { afterAll, beforeAll, describe } from 'vitest'

import type { Blobs } from '../blobs.ts'
import { listingContract, sweepingContract } from './listing.contract.ts'
import { partsContract, uploadsContract } from './parts.contract.ts'
import { emptyContract, writingContract } from './writing.contract.ts'

export interface BlobsDriver {
  open(): Promise<Blobs>
  /** Bytes that a part has at least, but for the last one. */
  readonly smallestPart: number
  /** So many blobs are listed. */
  readonly many: number
  /** Whether all of S3's rules are kept; simple stores forget no upload, take any part and stumble over empty objects. */
  readonly exact: boolean
}

export function blobsContract(driver: BlobsDriver): void {
  let blobs: Blobs
  beforeAll(async () => {
    blobs = await driver.open()
  })
  afterAll(async () => await blobs.close())
  describe('a blob', () => {
    writingContract(() => blobs)
    if (driver.exact) emptyContract(() => blobs)
  })
  describe('a blob in parts', () => {
    partsContract(() => blobs, driver.smallestPart)
    if (driver.exact) uploadsContract(() => blobs)
  })
  describe('all blobs', () => {
    listingContract(() => blobs, driver.many)
    if (driver.exact) sweepingContract(() => blobs)
  })
}
