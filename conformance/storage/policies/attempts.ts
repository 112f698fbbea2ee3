// One person tries everything on one object: what Storage lets her do with it, by the official client.

import type { SupabaseClient } from '@supabase/supabase-js'

type Storage = SupabaseClient['storage']

interface Place {
  readonly bucket: string
  readonly folder: string
  /** An object in the folder, which is there when the attempts begin. */
  readonly name: string
}

interface Answer {
  readonly data: unknown
  readonly error: { readonly message: string } | null
}

/** The names of all that was let through, in the order it was tried. What is made is named anew each time. */
export async function attempts(storage: Storage, { bucket, folder, name }: Place): Promise<readonly string[]> {
  const files = storage.from(bucket)
  const fresh = (): string => `${folder}/${crypto.randomUUID()}.txt`
  const there = `${folder}/${name}`
  const moved = fresh()
  const tried: readonly (readonly [string, () => Promise<Answer>])[] = [
    ['upload', async () => await files.upload(fresh(), 'new', { contentType: 'text/plain' })],
    ['upsert', async () => await files.upload(there, 'other', { contentType: 'text/plain', upsert: true })],
    ['read', async () => await files.download(there)],
    ['info', async () => await files.info(there)],
    ['list', async () => nothingIsNo(await files.list(folder, { search: name }))],
    ['sign', async () => await files.createSignedUrl(there, 60)],
    ['sign upload', async () => await files.createSignedUploadUrl(fresh())],
    ['copy', async () => await files.copy(there, fresh())],
    ['move', async () => await files.move(there, moved)],
    ['delete', async () => nothingIsNo(await files.remove([there, moved]))],
  ]
  const allowed: string[] = []
  for (const [what, attempt] of tried) if ((await attempt()).error === null) allowed.push(what)
  return allowed
}

/** An empty list is how these two say that nothing is there for the caller. */
function nothingIsNo({ data, error }: Answer): Answer {
  const isEmpty = Array.isArray(data) && data.length === 0
  return isEmpty ? { data, error: { message: 'nothing' } } : { data, error }
}
