// What travels inside the copy stream of a walsender (PostgreSQL manual, "Streaming Replication Protocol").

import type { Lsn } from '../../change.ts'
import { POSTGRES_EPOCH } from '../../decode/pgoutput/message-reader.ts'

export type WalFrame =
  /** A message of the output plugin begins at `at`. */
  | { readonly kind: 'data'; readonly at: number }
  /** Everything before `end` has been sent. */
  | { readonly kind: 'keepalive'; readonly end: Lsn; readonly wantsReply: boolean }

/** How far we are. */
export interface StandbyStatus {
  readonly received: Lsn
  /** Postgres need not keep anything before this. */
  readonly confirmed: Lsn
  /** Unix milliseconds. */
  readonly now: number
  readonly wantsReply: boolean
}

const DATA = 'w'.charCodeAt(0)
const DATA_HEADER = 25
const KEEPALIVE = 'k'.charCodeAt(0)
const KEEPALIVE_LENGTH = 18
const STATUS = 'r'.charCodeAt(0)
const COPY_DATA = 'd'.charCodeAt(0)

/** Throws on bytes that are neither. */
export function parseFrame(bytes: Buffer): WalFrame {
  if (bytes[0] === DATA && bytes.length > DATA_HEADER) return { kind: 'data', at: DATA_HEADER }
  if (bytes[0] === KEEPALIVE && bytes.length === KEEPALIVE_LENGTH) {
    return { kind: 'keepalive', end: bytes.readBigUInt64BE(1), wantsReply: bytes[17] === 1 }
  }
  throw new Error(`The replication stream has a frame of ${bytes.length} bytes that is none.`)
}

/** The status as a whole message of the frontend protocol. */
export function printStatus({ received, confirmed, now, wantsReply }: StandbyStatus): Buffer {
  const message = Buffer.alloc(39)
  message[0] = COPY_DATA
  message.writeInt32BE(38, 1)
  message[5] = STATUS
  message.writeBigUInt64BE(received, 6)
  message.writeBigUInt64BE(confirmed, 14)
  message.writeBigUInt64BE(confirmed, 22)
  message.writeBigInt64BE(BigInt(Math.round(now - POSTGRES_EPOCH)) * 1000n, 30)
  message[38] = wantsReply ? 1 : 0
  return message
}
