// Memory of large uploads. A chunk from a socket is memory outside of the heap that waits for the collector, and the
// collector, which sees a hundred of them go by, runs over and over for nothing else. Whoever has written such a chunk gives
// its memory back there and then, or to another thread.

const owned = new WeakSet<Buffer>()

/** Declares that whoever reads the chunk is the last to look at it. A piece of shared memory is left to the collector. */
export function ownChunk(chunk: Buffer): Buffer {
  if (chunk.length === chunk.buffer.byteLength) owned.add(chunk)
  return chunk
}

/** Gives the memory of a chunk back where it was declared to be one's own: the chunk is empty from now on. */
export function giveBack(chunk: Buffer): void {
  if (owned.delete(chunk) && chunk.buffer instanceof ArrayBuffer) chunk.buffer.transfer(0)
}

/** The memory of a chunk, to be handed to another thread: the chunk's own where it was declared so, which is empty then. */
export function takeMemory(chunk: Buffer): ArrayBuffer {
  if (owned.delete(chunk) && chunk.buffer instanceof ArrayBuffer) return chunk.buffer
  return Uint8Array.from(chunk).buffer
}
