// One statement for what many requests ask at the same time.

type Read<Key, Value> = (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>

/** Who waits for a key's value. */
interface Asked<Key, Value> {
  readonly key: Key
  readonly resolve: (value: Value | undefined) => void
  readonly reject: (error: unknown) => void
}

/**
 * Asks for one value a time through a `read` of many: what is asked while a read is under way goes into the next.
 * Every answer is of a read that began after it was asked for, so nothing old is ever handed out. A read that fails
 * fails for all who shared it.
 */
export function inBatches<Key, Value>(read: Read<Key, Value>): (key: Key) => Promise<Value | undefined> {
  let waiting: Asked<Key, Value>[] = []
  let reading = false
  const readAll = async (): Promise<void> => {
    reading = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      await answer(batch, read)
    }
    reading = false
  }
  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      if (!reading) void readAll()
    })
}

async function answer<Key, Value>(batch: readonly Asked<Key, Value>[], read: Read<Key, Value>): Promise<void> {
  try {
    const values = await read([...new Set(batch.map(({ key }) => key))])
    for (const { key, resolve } of batch) resolve(values.get(key))
  } catch (error) {
    for (const { reject } of batch) reject(error)
  }
}
