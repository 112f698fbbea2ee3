// Reads what `byte-writer.ts` wrote. Throws where the bytes end too early or are more than was read.

export class ByteReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  byte(): number {
    return this.#bytes.readUInt8(this.#advance(1))
  }

  natural(): number {
    let [value, weight] = [0, 1]
    for (;;) {
      const byte = this.byte()
      value += (byte % 0x80) * weight
      if (byte < 0x80) break
      weight *= 0x80
    }
    if (!Number.isSafeInteger(value)) throw new Error('A number in this message is too large.')
    return value
  }

  long(): bigint {
    return this.#bytes.readBigUInt64BE(this.#advance(8))
  }

  double(): number {
    return this.#bytes.readDoubleBE(this.#advance(8))
  }

  text(): string {
    return this.characters(this.natural())
  }

  /** A text whose length is known. */
  characters(length: number): string {
    const from = this.#advance(length)
    return this.#bytes.toString('utf8', from, from + length)
  }

  raw(length: number): Buffer {
    const from = this.#advance(length)
    return this.#bytes.subarray(from, from + length)
  }

  /** As many as are said to follow; each takes a byte at least, so a lie about their number ends early. */
  list<Item>(read: () => Item): Item[] {
    const count = this.natural()
    if (count > this.#bytes.length - this.#at) throw new Error('This message ends too early.')
    return Array.from({ length: count }, read)
  }

  /** Nothing must be left. */
  end(): void {
    if (this.#at !== this.#bytes.length) throw new Error('There is more in this message than it says.')
  }

  #advance(length: number): number {
    const from = this.#at
    if (from + length > this.#bytes.length) throw new Error('This message ends too early.')
    this.#at = from + length
    return from
  }
}
