// Reads the fields of one message of the replication stream, and never past its end.

/** Every read throws where the message is too short for it. */
export class MessageReader {
  readonly #bytes: Buffer
  #at: number

  constructor(bytes: Buffer, at = 0) {
    this.#bytes = bytes
    this.#at = at
  }

  uint8(): number {
    return this.#bytes.readUInt8(this.#take(1))
  }

  uint16(): number {
    return this.#bytes.readUInt16BE(this.#take(2))
  }

  uint32(): number {
    return this.#bytes.readUInt32BE(this.#take(4))
  }

  uint64(): bigint {
    return this.#bytes.readBigUInt64BE(this.#take(8))
  }

  /** Microseconds since 2000 on the wire, Unix milliseconds here. */
  time(): number {
    const microseconds = this.#bytes.readBigInt64BE(this.#take(8))
    return Math.floor(Number(microseconds) / 1000) + POSTGRES_EPOCH
  }

  /** Text up to a zero byte. */
  cstring(): string {
    const end = this.#bytes.indexOf(0, this.#at)
    if (end === -1) throw tooShort()
    const start = this.#take(end + 1 - this.#at)
    return this.#bytes.toString('utf8', start, end)
  }

  text(length: number): string {
    const start = this.#take(length)
    return this.#bytes.toString('utf8', start, start + length)
  }

  skip(length: number): undefined {
    this.#take(length)
  }

  /** A copy: the memory of the message is the socket's. */
  copy(length: number): Buffer {
    const start = this.#take(length)
    return Buffer.from(this.#bytes.subarray(start, start + length))
  }

  /** Throws where something is left that nobody asked for. */
  end(): void {
    const left = this.#bytes.length - this.#at
    if (left > 0) throw new Error(`A message of the replication stream has ${left} bytes too many.`)
  }

  #take(length: number): number {
    const start = this.#at
    if (start + length > this.#bytes.length) throw tooShort()
    this.#at = start + length
    return start
  }
}

/** 2000-01-01 in Unix milliseconds. */
export const POSTGRES_EPOCH = 946_684_800_000

function tooShort(): Error {
  return new Error('A message of the replication stream ends too early.')
}
