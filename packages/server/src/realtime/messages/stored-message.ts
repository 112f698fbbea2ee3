// A broadcast that the database keeps: a row of `realtime.messages`.

export interface StoredMessage {
  readonly id: string
  /** The subtopic. */
  readonly topic: string
  readonly event: string
  /** JSON text as Postgres prints it, or bytes. */
  readonly payload: string | Buffer
  readonly isPrivate: boolean
}

/** What a row holds of it, as Postgres prints the cells. */
export interface StoredCells {
  readonly id: string | null | undefined
  readonly topic: string | null | undefined
  readonly event: string | null | undefined
  readonly private: string | null | undefined
  readonly payload: string | null | undefined
  /** `\x` and hexadecimal digits. */
  readonly binaryPayload: string | null | undefined
}

/** Null for a row that says no broadcast: without a topic, an event, or whom it is for, as upstream. */
export function storedMessage(cells: StoredCells): StoredMessage | null {
  const { id, topic, event, private: isPrivate } = cells
  if (id == null || topic == null || event == null || isPrivate == null) return null
  return { id, topic, event, payload: payloadOf(cells), isPrivate: isPrivate === 't' }
}

const HEX = '\\x'

function payloadOf({ payload, binaryPayload }: StoredCells): string | Buffer {
  if (binaryPayload == null) return payload ?? 'null'
  return Buffer.from(binaryPayload.slice(HEX.length), 'hex')
}
