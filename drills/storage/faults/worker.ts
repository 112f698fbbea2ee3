// Somebody who stores, replaces, moves, copies and deletes objects in a folder of her own, one after the other, and
// remembers what was answered. What was under way when the server died may have happened or not; nothing else is possible.

import { hash } from 'node:crypto'

import type { StorageClient, StorageError } from '@supabase/storage-js'

import type { Chance } from './random.ts'

/** MD5 of the bytes of each object, by name. */
export type World = ReadonlyMap<string, string>

const BUCKET = 'vault'
const NAMES = ['a', 'b/c', 'd', 'e', 'g(1)!', 'f g'] as const
const SIZES = [0, 10, 10_000, 70_000, 300_000, 1_500_000] as const

interface Deed {
  readonly after: World
  run(client: StorageClient): Promise<{ readonly error: StorageError | null }>
}

export class Worker {
  readonly person: string
  /** As it was answered last. */
  world: World = new Map()
  /** As it is if what is under way happens. */
  pending: World | null = null
  readonly #chance: Chance

  constructor(person: string, chance: Chance) {
    this.person = person
    this.#chance = chance
  }

  /** Goes on until the server is gone. Rejects with whatever it answers but success. */
  async work(client: StorageClient, answered: () => void): Promise<void> {
    for (;;) {
      const deed = this.#next()
      this.pending = deed.after
      const { error } = await deed.run(client)
      if (error !== null) {
        if (error.status === undefined) return
        throw error
      }
      this.world = deed.after
      this.pending = null
      answered()
    }
  }

  /** What the server has of this person's objects. */
  async see(client: StorageClient): Promise<World> {
    const seen = new Map<string, string>()
    for (const name of NAMES.map((each) => this.#pathOf(each))) {
      const { data, error } = await client.from(BUCKET).download(name)
      if (data !== null) seen.set(name, hash('md5', Buffer.from(await data.arrayBuffer())))
      else if (error.statusCode !== '404' && error.statusCode !== '400') throw error
    }
    return seen
  }

  #next(): Deed {
    const there = NAMES.filter((name) => this.world.has(this.#pathOf(name)))
    const free = NAMES.filter((name) => !there.includes(name))
    const [taken, empty] = [there[this.#chance.below(there.length)], free[this.#chance.below(free.length)]]
    const kind = this.#chance.of(['upload', 'upload', 'upsert', 'update', 'move', 'copy', 'remove'])
    if (kind === 'upload' && empty !== undefined) return this.#upload(empty, false)
    if (taken === undefined) return this.#upload(NAMES[0], true)
    if (kind === 'remove') return this.#remove(taken)
    if ((kind === 'move' || kind === 'copy') && empty !== undefined) return this.#transfer(kind, taken, empty)
    return kind === 'update' ? this.#update(taken) : this.#upload(taken, true)
  }

  #upload(name: string, upsert: boolean): Deed {
    const [path, bytes] = [this.#pathOf(name), this.#bytes()]
    return {
      after: withName(this.world, path, hash('md5', bytes)),
      run: async (client) => await client.from(BUCKET).upload(path, bytes, { upsert }),
    }
  }

  #update(name: string): Deed {
    const [path, bytes] = [this.#pathOf(name), this.#bytes()]
    return {
      after: withName(this.world, path, hash('md5', bytes)),
      run: async (client) => await client.from(BUCKET).update(path, bytes),
    }
  }

  #transfer(kind: 'move' | 'copy', name: string, to: string): Deed {
    const [from, path] = [this.#pathOf(name), this.#pathOf(to)]
    const copied = withName(this.world, path, this.world.get(from) ?? '')
    return {
      after: kind === 'copy' ? copied : withoutName(copied, from),
      run: async (client) => await client.from(BUCKET)[kind](from, path),
    }
  }

  #remove(name: string): Deed {
    const path = this.#pathOf(name)
    return {
      after: withoutName(this.world, path),
      run: async (client) => await client.from(BUCKET).remove([path]),
    }
  }

  #pathOf(name: string): string {
    return `${this.person}/${name}`
  }

  #bytes(): Buffer {
    return Buffer.alloc(this.#chance.of(SIZES), `${this.person} ${this.#chance.below(1e9)} `)
  }
}

function withName(world: World, name: string, md5: string): World {
  return new Map([...world, [name, md5]])
}

function withoutName(world: World, name: string): World {
  return new Map([...world].filter(([each]) => each !== name))
}
