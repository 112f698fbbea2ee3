// Saved queries as plain files, one a query: `supabase/snippets/<name>.sql`. Each has a version, the digest of what it
// holds, so that nobody overwrites what somebody else, or an editor, wrote meanwhile.

import { createHash } from 'node:crypto'
import { link, lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { Refusal } from '../../../refusal/refusal.ts'

export interface SnippetEntry {
  readonly name: string
  readonly modifiedAt: string
}

export interface Snippet {
  readonly name: string
  readonly sql: string
  readonly version: string
}

const ENDING = '.sql'

/** Calls are served one after the other. Names are checked before they come here. */
export class SnippetFolder {
  readonly #folder: string
  #last: Promise<unknown> = Promise.resolve()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** By name. */
  async list(): Promise<readonly SnippetEntry[]> {
    const files = await readdir(this.#folder, { withFileTypes: true }).catch(nothingWhereNoFolder)
    const named = files.filter((file) => file.isFile() && file.name.endsWith(ENDING) && !file.name.startsWith('.'))
    const entries = named.map(async ({ name }) => {
      const { mtime } = await lstat(join(this.#folder, name))
      return { name: name.slice(0, -ENDING.length), modifiedAt: mtime.toISOString() }
    })
    return (await Promise.all(entries)).sort((one, other) => one.name.localeCompare(other.name))
  }

  /** Refuses `platform.snippet-not-found`. */
  async read(name: string): Promise<Snippet> {
    const snippet = await this.#find(name)
    if (snippet === null) throw new Refusal('platform.snippet-not-found', { name })
    return snippet
  }

  /** `version` is what the caller read, null for a new query. Refuses `platform.snippet-changed`. */
  async save(name: string, sql: string, version: string | null): Promise<Snippet> {
    return await this.#alone(async () => {
      if (version !== null) await this.#requireVersion(name, version)
      await mkdir(this.#folder, { recursive: true })
      const draft = join(this.#folder, `.${crypto.randomUUID()}`)
      try {
        await writeFile(draft, sql)
        if (version === null) await placeNew(draft, this.#path(name), name)
        else await rename(draft, this.#path(name))
      } finally {
        await rm(draft, { force: true })
      }
      return { name, sql, version: versionOf(sql) }
    })
  }

  /** Refuses `platform.snippet-changed`, also where `to` is taken. */
  async rename(name: string, to: string, version: string): Promise<Snippet> {
    return await this.#alone(async () => {
      const snippet = await this.#requireVersion(name, version)
      if (name === to) return snippet
      await placeNew(this.#path(name), this.#path(to), to)
      await rm(this.#path(name))
      return { ...snippet, name: to }
    })
  }

  /** Refuses `platform.snippet-changed`. */
  async remove(name: string, version: string): Promise<void> {
    await this.#alone(async () => {
      await this.#requireVersion(name, version)
      await rm(this.#path(name))
    })
  }

  async #requireVersion(name: string, version: string): Promise<Snippet> {
    const found = await this.#find(name)
    if (found?.version === version) return found
    const now = found === null ? 'removed' : 'changed'
    const fix = now === 'changed' ? 'Read it again, or save yours under another name.' : 'Save it as a new one.'
    throw new Refusal('platform.snippet-changed', { name, now }, { fix })
  }

  /** Links are not followed: they could lead out of the folder. */
  async #find(name: string): Promise<Snippet | null> {
    try {
      if (!(await lstat(this.#path(name))).isFile()) return null
      const sql = await readFile(this.#path(name), 'utf8')
      return { name, sql, version: versionOf(sql) }
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null
      throw error
    }
  }

  async #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#last.then(work, work)
    this.#last = mine.catch(() => {})
    return await mine
  }

  #path(name: string): string {
    return join(this.#folder, `${name}${ENDING}`)
  }
}

/** A link is made only where no file is, at one stroke. */
async function placeNew(from: string, to: string, name: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    throw new Refusal('platform.snippet-changed', { name, now: 'made' }, { fix: 'Choose another name.' })
  }
}

function nothingWhereNoFolder(error: unknown): [] {
  if (codeOf(error) === 'ENOENT') return []
  throw error
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null
}

function versionOf(sql: string): string {
  return createHash('sha256').update(sql).digest('base64url').slice(0, 22)
}
