// Puts the messages of the stream together into chunks of transactions, none larger than the bounds however large the
// transaction is. Holds one unfinished chunk and nothing else.

import type { Change, ChangeChunk, Lsn } from '../../change.ts'
import type { PgoutputMessage } from '../pgoutput/pgoutput-message.ts'
import { readChange } from './read-change.ts'
import type { RelationBook } from './relation-book.ts'

/** What a message completed. */
export interface Piece {
  /** Null where a transaction ends and there is nothing left of it to tell. */
  readonly chunk: ChangeChunk | null
  /** Of the chunk, roughly. */
  readonly bytes: number
  /** With the last piece of a transaction: where the log goes on once that is heard. */
  readonly end: Lsn | null
}

/** Logical messages with this prefix say that the schema, a policy or a grant changes in this transaction. */
export const SCHEMA_PREFIX = 'tenon.schema'

const MOST_CHANGES = 256
const MOST_BYTES = 1024 * 1024

interface Transaction {
  readonly commitLsn: Lsn
  readonly committedAt: number
  readonly xid: number
}

export class TransactionAssembler {
  readonly #relations: RelationBook
  #transaction: Transaction | null = null
  #changes: Change[] = []
  #bytes = 0
  #index = 0
  #schemaChanged = false

  constructor(relations: RelationBook) {
    this.#relations = relations
  }

  /** Between a transaction's begin and its commit. */
  get isWithin(): boolean {
    return this.#transaction !== null
  }

  /** `size` is the message's, in bytes. At most one piece is completed; throws where the order makes no sense. */
  accept(message: PgoutputMessage, size: number): Piece | null {
    switch (message.kind) {
      case 'begin':
        return this.#begin(message)
      case 'commit':
        return this.#commit(message.endLsn)
      case 'insert':
      case 'update':
      case 'delete':
        this.#changes.push(readChange(message, this.#relations.find(message.relation), this.#index))
        this.#index += 1
        this.#bytes += size
        return this.#changes.length >= MOST_CHANGES || this.#bytes >= MOST_BYTES ? this.#cut(null) : null
      case 'relation':
        return this.#relations.describe(message.relation) ? this.#changeSchema() : null
      case 'message':
        return message.isTransactional && message.prefix === SCHEMA_PREFIX ? this.#changeSchema() : null
      case 'type':
      case 'truncate':
      case 'origin':
        return null
    }
  }

  #begin({ commitLsn, committedAt, xid }: Transaction): null {
    if (this.#transaction !== null) throw new Error('The replication stream begins a transaction within another.')
    this.#transaction = { commitLsn, committedAt, xid }
    this.#index = 0
    return null
  }

  #commit(end: Lsn): Piece {
    const piece = this.#cut(end)
    this.#transaction = null
    return piece
  }

  /** What came before the change of schema is told first, as it was made under the old one. */
  #changeSchema(): Piece | null {
    const before = this.#changes.length > 0 ? this.#cut(null) : null
    this.#schemaChanged = true
    return before
  }

  #cut(end: Lsn | null): Piece {
    if (this.#transaction === null) throw new Error('The replication stream has changes outside a transaction.')
    if (this.#changes.length === 0 && !this.#schemaChanged) return { chunk: null, bytes: 0, end }
    const { commitLsn: lsn, committedAt, xid } = this.#transaction
    const changes = this.#changes
    const bytes = this.#bytes
    const schemaChanged = this.#schemaChanged
    this.#changes = []
    this.#bytes = 0
    this.#schemaChanged = false
    return { chunk: { kind: 'change-chunk', lsn, committedAt, xid, changes, schemaChanged }, bytes, end }
  }
}
