// What the reader of the log and its followers tell each other, and how it travels.

import type { ChangeChunk, Lsn } from '../../change.ts'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import { encodeChunk, type KnownRelations, readChunk } from './chunk-codec.ts'

/** One period of one process' reading. The higher number is the later one, as far as those who count know. */
export type Term = number

/** The last change somebody has heard. */
export interface Place {
  readonly lsn: Lsn
  readonly index: number
}

/** How far somebody has heard. */
export interface Progress {
  /** Everything that was committed before this. */
  readonly through: Lsn
  readonly last: Place | null
}

export type RelayMessage =
  /** From the reader to all, at every beat: the number of its next chunk, and before which place all has been told. */
  | { readonly kind: 'lead'; readonly term: Term; readonly next: number; readonly through: Lsn }
  | { readonly kind: 'chunk'; readonly term: Term; readonly number: number; readonly chunk: ChangeChunk }
  /** The reader ends. */
  | { readonly kind: 'end'; readonly term: Term }
  /** From whoever looks for a reader. */
  | { readonly kind: 'seek' }
  /** From a follower: begin with what comes after this; with whatever comes next where it has heard nothing yet. */
  | { readonly kind: 'follow'; readonly term: Term; readonly progress: Progress | null }
  /** To one follower: its first chunk. With a hole, what came before is out of reach. */
  | {
      readonly kind: 'welcome'
      readonly term: Term
      readonly from: number
      readonly through: Lsn
      readonly hasHole: boolean
    }
  /** From a follower: it has heard everything up to this number and before this place. */
  | { readonly kind: 'heard'; readonly term: Term; readonly number: number; readonly through: Lsn }
  /** From a follower: send again from this number on. */
  | { readonly kind: 'again'; readonly term: Term; readonly from: number }
  /** From a follower that ends. */
  | { readonly kind: 'leave' }

const KINDS = ['lead', 'chunk', 'end', 'seek', 'follow', 'welcome', 'heard', 'again', 'leave'] as const

export function encodeMessage(message: RelayMessage): Buffer {
  const writer = new ByteWriter()
  writer.byte(KINDS.indexOf(message.kind))
  if ('term' in message) writer.natural(message.term)
  switch (message.kind) {
    case 'lead':
      writer.natural(message.next)
      writer.long(message.through)
      break
    case 'chunk':
      writer.natural(message.number)
      writer.raw(encodeChunk(message.chunk))
      break
    case 'follow':
      writeProgress(writer, message.progress)
      break
    case 'welcome':
      writer.natural(message.from)
      writer.long(message.through)
      writer.byte(message.hasHole ? 1 : 0)
      break
    case 'heard':
      // Nothing heard yet is number -1.
      writer.natural(message.number + 1)
      writer.long(message.through)
      break
    case 'again':
      writer.natural(message.from)
      break
    case 'end':
    case 'seek':
    case 'leave':
      break
  }
  return writer.done()
}

/** The message about a chunk that is encoded already. */
export function encodeChunkMessage(term: Term, number: number, encoded: Uint8Array): Buffer {
  const writer = new ByteWriter()
  writer.byte(KINDS.indexOf('chunk'))
  writer.natural(term)
  writer.natural(number)
  writer.raw(encoded)
  return writer.done()
}

/** Throws where the bytes make no sense. */
export function decodeMessage(bytes: Uint8Array, known: KnownRelations): RelayMessage {
  const reader = new ByteReader(bytes)
  const message = readMessage(reader, known)
  reader.end()
  return message
}

function readMessage(reader: ByteReader, known: KnownRelations): RelayMessage {
  const kind = KINDS[reader.byte()]
  if (kind === undefined) throw new Error('This is no message of the relay.')
  switch (kind) {
    case 'lead':
      return { kind, term: reader.natural(), next: reader.natural(), through: reader.long() }
    case 'chunk':
      return { kind, term: reader.natural(), number: reader.natural(), chunk: readChunk(reader, known) }
    case 'follow':
      return { kind, term: reader.natural(), progress: readProgress(reader) }
    case 'welcome':
      return {
        kind,
        term: reader.natural(),
        from: reader.natural(),
        through: reader.long(),
        hasHole: reader.byte() === 1,
      }
    case 'heard':
      return { kind, term: reader.natural(), number: reader.natural() - 1, through: reader.long() }
    case 'again':
      return { kind, term: reader.natural(), from: reader.natural() }
    case 'end':
      return { kind, term: reader.natural() }
    case 'seek':
    case 'leave':
      return { kind }
  }
}

function writeProgress(writer: ByteWriter, progress: Progress | null): void {
  writer.byte(progress === null ? 0 : progress.last === null ? 1 : 2)
  if (progress === null) return
  writer.long(progress.through)
  if (progress.last === null) return
  writer.long(progress.last.lsn)
  // A transaction that changed nothing but the schema has no change; its index is -1.
  writer.natural(progress.last.index + 1)
}

function readProgress(reader: ByteReader): Progress | null {
  const head = reader.byte()
  if (head === 0) return null
  const through = reader.long()
  return { through, last: head === 1 ? null : { lsn: reader.long(), index: reader.natural() - 1 } }
}
