// The digests by which a client says what its bytes are, each under the name of its header.

import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'

import { type Checksum, createCrc32c, createCrc64Nvme } from './crc.ts'

/** By the name of the header; those of S3 are in base64, the one of the signature in hex. */
export const checksums: Readonly<Record<string, () => Checksum>> = {
  'x-amz-checksum-crc32': createCrc32,
  'x-amz-checksum-crc32c': createCrc32c,
  'x-amz-checksum-crc64nvme': createCrc64Nvme,
  'x-amz-checksum-sha1': () => createDigest('sha1'),
  'x-amz-checksum-sha256': () => createDigest('sha256'),
  'content-md5': () => createDigest('md5'),
  'x-amz-content-sha256': () => createDigest('sha256'),
}

/** As the header has it. */
export function encodeDigest(header: string, digest: Buffer): string {
  return digest.toString(header === 'x-amz-content-sha256' ? 'hex' : 'base64')
}

function createCrc32(): Checksum {
  let value = 0
  return {
    update(bytes) {
      value = crc32(bytes, value)
    },
    digest() {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE(value)
      return bytes
    },
  }
}

function createDigest(algorithm: string): Checksum {
  const hash = createHash(algorithm)
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() }
}
