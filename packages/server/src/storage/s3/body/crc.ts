// Checksums that node does not have, as clients of S3 send them.

/** Takes bytes, and tells what they came to, as big-endian bytes. */
export interface Checksum {
  update(bytes: Uint8Array): void
  digest(): Buffer
}

const CASTAGNOLI = 0x82f63b78
/** CRC-64/NVME, its halves. */
const NVME_HIGH = 0x9a6c9329
const NVME_LOW = 0xac4bc9b5

const table32 = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ CASTAGNOLI : value >>> 1
  return value
})

/** RFC 3720 appendix B.4. */
export function createCrc32c(): Checksum {
  let value = 0xffffffff
  return {
    update(bytes) {
      for (const byte of bytes) value = (table32[(value ^ byte) & 255] ?? 0) ^ (value >>> 8)
    },
    digest() {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE((value ^ 0xffffffff) >>> 0)
      return bytes
    },
  }
}

const tableHigh = new Uint32Array(256)
const tableLow = new Uint32Array(256)
for (let byte = 0; byte < 256; byte += 1) {
  let high = 0
  let low = byte
  for (let bit = 0; bit < 8; bit += 1) {
    const isOdd = (low & 1) === 1
    low = ((low >>> 1) | ((high & 1) << 31)) >>> 0
    high >>>= 1
    if (isOdd) {
      low = (low ^ NVME_LOW) >>> 0
      high = (high ^ NVME_HIGH) >>> 0
    }
  }
  tableHigh[byte] = high
  tableLow[byte] = low
}

/** CRC-64/NVME, in halves of 32 bits: bigints would take ten times as long. */
export function createCrc64Nvme(): Checksum {
  let high = 0xffffffff
  let low = 0xffffffff
  return {
    update(bytes) {
      for (const byte of bytes) {
        const index = (low ^ byte) & 255
        low = (((low >>> 8) | (high << 24)) ^ (tableLow[index] ?? 0)) >>> 0
        high = ((high >>> 8) ^ (tableHigh[index] ?? 0)) >>> 0
      }
    },
    digest() {
      const bytes = Buffer.alloc(8)
      bytes.writeUInt32BE((high ^ 0xffffffff) >>> 0, 0)
      bytes.writeUInt32BE((low ^ 0xffffffff) >>> 0, 4)
      return bytes
    },
  }
}
