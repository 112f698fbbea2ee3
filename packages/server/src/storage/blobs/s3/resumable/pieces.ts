// Cuts what flows in into pieces for the store. One that fails ends the piece that was begun, which is kept.

export interface Pieces {
  /** At most `size` bytes; none at the end. */
  take(size: number): AsyncIterable<Buffer>
  /** What ended the stream before its end; null for nothing. */
  failure(): { readonly error: unknown } | null
}

export function piecesOf(source: AsyncIterable<Buffer>): Pieces {
  const chunks = source[Symbol.asyncIterator]()
  let [left, failed]: [Buffer, { readonly error: unknown } | null] = [Buffer.alloc(0), null]
  const next = async (): Promise<Buffer | null> => {
    if (left.length > 0) return left
    try {
      const result = failed === null ? await chunks.next() : { done: true as const, value: undefined }
      return result.done === true ? null : result.value
    } catch (error) {
      failed = { error }
      return null
    }
  }
  return {
    async *take(size) {
      for (let taken = 0; taken < size;) {
        const chunk = await next()
        if (chunk === null) return
        const piece = chunk.subarray(0, size - taken)
        left = chunk.subarray(piece.length)
        taken += piece.length
        yield piece
      }
    },
    failure: () => failed,
  }
}
