// Blobs in parts as files: a folder for each upload, a file for each part, whose name tells number and entity tag.

import { readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'

import { Refusal } from '../../../refusal/refusal.ts'
import { type BlobParts, type CompletedPart, newBlobId, type PartsToken, type WrittenBlob } from '../blobs.ts'
import { joinedEtag } from '../joined-etag.ts'
import { onDisk, whereThere } from './disk.ts'
import type { Hashing } from './hashing/open-hashing.ts'
import { joinFiles } from './join-files.ts'
import { fanOf, type Places } from './places.ts'
import { makeFolder, openFolder, type SyncedFolders } from './synced-folders.ts'
import { writeFile } from './write-file.ts'

export function fileParts(places: Places, folders: SyncedFolders, hashing: Hashing): BlobParts {
  return {
    async begin(id) {
      const token = { id, upload: newBlobId() }
      const folder = await makeFolder(places.upload(token))
      await folder.close()
      return token
    },
    async write(token, number, bytes, limit) {
      const path = await existing(places.upload(token))
      const folder = await openFolder(path)
      try {
        const temporary = join(path, `${newBlobId()}.unfinished`)
        const written = await writeFile(
          { temporary, folder, name: (etag) => partName(number, etag) },
          bytes,
          limit,
          hashing,
        )
        await removeReplaced(path, number)
        return written
      } finally {
        await folder.close()
      }
    },
    complete: async (token, parts) => await complete(places, folders, token, parts),
    abort: async (token) => await onDisk(rm(places.upload(token), { recursive: true, force: true })),
  }
}

async function complete(
  places: Places,
  folders: SyncedFolders,
  token: PartsToken,
  parts: readonly CompletedPart[],
): Promise<WrittenBlob> {
  const etag = joinedEtag(parts)
  const upload = places.upload(token)
  const done = await whereThere(stat(places.blob(token.id)))
  if (done === null) {
    const folder = await folders.of(fanOf(token.id))
    const files = await filesOf(await existing(upload), parts)
    // Whoever sweeps what is abandoned sees that this one is not.
    await whereThere(utimes(upload, new Date(), new Date()))
    const [only] = files
    if (only !== undefined && files.length === 1) await renameNow(only, places.blob(token.id))
    else await joinFiles(files, { temporary: places.temporary(token.id), folder, name: () => token.id }, etag)
    await folder.sync()
  }
  const { size } = done ?? (await onDisk(stat(places.blob(token.id))))
  await onDisk(rm(upload, { recursive: true, force: true }))
  return { size, etag }
}

/** As young as any blob that was written just now: its row is yet to come. */
async function renameNow(part: string, blob: string): Promise<void> {
  await onDisk(utimes(part, new Date(), new Date()))
  await onDisk(rename(part, blob))
}

async function existing(upload: string): Promise<string> {
  if ((await whereThere(stat(upload))) === null) throw new Refusal('storage.upload-not-found', {})
  return upload
}

async function filesOf(upload: string, parts: readonly CompletedPart[]): Promise<readonly string[]> {
  const there = new Set((await whereThere(readdir(upload))) ?? [])
  return parts.map(({ number, etag }) => {
    const name = partName(number, etag)
    if (!there.has(name)) throw new Refusal('storage.part-invalid', { number })
    return join(upload, name)
  })
}

function partName(number: number, etag: string): string {
  return `${number}-${etag}`
}

/** Of the same number only the newest stays, by a rule that two writers at once agree on. */
async function removeReplaced(upload: string, number: number): Promise<void> {
  const names = ((await whereThere(readdir(upload))) ?? []).filter((name) => name.startsWith(`${number}-`))
  if (names.length < 2) return
  const files = await Promise.all(
    names.map(async (name) => ({ name, written: (await whereThere(stat(join(upload, name))))?.mtimeMs ?? 0 })),
  )
  const [, ...older] = files.toSorted((a, b) => b.written - a.written || a.name.localeCompare(b.name))
  for (const { name } of older) await onDisk(rm(join(upload, name), { force: true }))
}
