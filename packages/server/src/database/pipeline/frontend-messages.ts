// Writes messages of Postgres' frontend protocol, version 3 (PostgreSQL manual, "Message Formats"), one after
// the other into one buffer, so that a whole transaction leaves in a single socket write.

const INITIAL_SIZE = 16 * 1024
/** A buffer that one huge request has grown is not kept past this size. Bytes. */
const KEPT_SIZE = 1024 * 1024
const MOST_BYTES_PER_UNIT = 3

const PARSE = 0x50
const DESCRIBE = 0x44
const BIND = 0x42
const EXECUTE = Buffer.from([0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0])
const CLOSE = 0x43
const SYNC = Buffer.from([0x53, 0, 0, 0, 4])
const STATEMENT = 0x53

/** Bind counts its parameters in 16 bits. */
export const MOST_PARAMETERS = 65_535

/** A reusable writer: messages are appended, `take` hands out the bytes and starts over. */
export class FrontendMessages {
  #bytes = Buffer.allocUnsafe(INITIAL_SIZE)
  #length = 0

  /** Parse: plans `text` under `name`; the unnamed statement where it is empty. */
  parse(name: string, text: string): void {
    const start = this.#open(PARSE)
    this.#zeroTerminated(name)
    this.#zeroTerminated(text)
    this.#int16(0)
    this.#close(start)
  }

  /** Describe of a prepared statement: answered by its columns. */
  describe(name: string): void {
    this.#named(DESCRIBE, name)
  }

  /** Close of a prepared statement; Postgres does not mind one that is not there. */
  closeStatement(name: string): void {
    this.#named(CLOSE, name)
  }

  /** Bind to the unnamed portal: parameters and results all in text. */
  bind(name: string, values: readonly (string | null)[]): void {
    const start = this.#open(BIND)
    this.#reserve(1)
    this.#bytes[this.#length++] = 0
    this.#zeroTerminated(name)
    this.#int16(0)
    this.#int16(values.length)
    for (const value of values) this.#parameter(value)
    this.#int16(0)
    this.#close(start)
  }

  /** Execute of the unnamed portal, to its last row. */
  execute(): void {
    this.#constant(EXECUTE)
  }

  /** Sync: ends the implicit transaction and asks for ReadyForQuery. */
  sync(): void {
    this.#constant(SYNC)
  }

  /** The bytes written since the last call, in memory of their own. */
  take(): Buffer {
    const taken = Buffer.allocUnsafe(this.#length)
    this.#bytes.copy(taken, 0, 0, this.#length)
    this.#length = 0
    if (this.#bytes.length > KEPT_SIZE) this.#bytes = Buffer.allocUnsafe(INITIAL_SIZE)
    return taken
  }

  /** Forgets what was written since `take`. */
  discard(): void {
    this.#length = 0
  }

  #named(code: number, name: string): void {
    const start = this.#open(code)
    this.#reserve(1)
    this.#bytes[this.#length++] = STATEMENT
    this.#zeroTerminated(name)
    this.#close(start)
  }

  #open(code: number): number {
    this.#reserve(5)
    const start = this.#length
    this.#bytes[start] = code
    this.#length += 5
    return start
  }

  #close(start: number): void {
    this.#bytes.writeInt32BE(this.#length - start - 1, start + 1)
  }

  #parameter(value: string | null): void {
    if (value === null) {
      this.#reserve(4)
      this.#length = this.#bytes.writeInt32BE(-1, this.#length)
      return
    }
    this.#reserve(4 + value.length * MOST_BYTES_PER_UNIT)
    const written = this.#bytes.write(value, this.#length + 4)
    this.#bytes.writeInt32BE(written, this.#length)
    this.#length += 4 + written
  }

  #zeroTerminated(text: string): void {
    this.#reserve(text.length * MOST_BYTES_PER_UNIT + 1)
    this.#length += this.#bytes.write(text, this.#length)
    this.#bytes[this.#length++] = 0
  }

  #int16(value: number): void {
    this.#reserve(2)
    this.#length = this.#bytes.writeUInt16BE(value, this.#length)
  }

  #constant(message: Buffer): void {
    this.#reserve(message.length)
    this.#length += message.copy(this.#bytes, this.#length)
  }

  #reserve(more: number): void {
    const needed = this.#length + more
    if (needed <= this.#bytes.length) return
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2))
    this.#bytes.copy(grown, 0, 0, this.#length)
    this.#bytes = grown
  }
}
