// What is measured: one person reads an object of her own, under Row Level Security, from a private bucket.

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import type { Project } from '../rest-read/whole-server.ts'
import { OWNER } from '../rest-read/workload.ts'

export interface StoredObject {
  readonly name: string
  readonly size: number
  /** Of the file below the folder of blobs. */
  readonly file: string
}

export const BUCKET = 'bench'
export const SMALL = { name: 'small.bin', size: 10_000 } as const
export const LARGE = { name: 'large.bin', size: 100_000_000 } as const

const POLICIES = `
insert into storage.buckets (id, name) values ('${BUCKET}', '${BUCKET}');
create policy "own objects" on storage.objects for all to authenticated
  using (owner_id = (select auth.jwt() ->> 'sub')) with check (owner_id = (select auth.jwt() ->> 'sub'));
`

export function folderOfBlobs(project: Project): string {
  return join(project.folder, '.tenon', 'storage', 'blobs')
}

/** To be called before the server starts: objects as large as these may come. */
export async function allowLarge({ folder }: Project): Promise<void> {
  const path = join(folder, 'supabase', 'config.toml')
  await writeFile(path, `${await readFile(path, 'utf8')}\n[storage]\nfile_size_limit = "200MB"\n`)
}

/** Uploads both as their owner. */
export async function storeObjects(
  project: Project,
): Promise<{ readonly small: StoredObject; readonly large: StoredObject }> {
  const client = new Client(project.databaseUrl)
  await client.connect()
  try {
    await client.query(POLICIES)
    const store = async (object: typeof SMALL | typeof LARGE): Promise<StoredObject> => {
      await upload(project, object.name, Buffer.alloc(object.size, 'bench of downloads '))
      const { rows } = await client.query<{ version: string }>('select version from storage.objects where name = $1', [
        object.name,
      ])
      const version = rows[0]?.version ?? ''
      return { ...object, file: `${version.slice(0, 2)}/${version}` }
    }
    return { small: await store(SMALL), large: await store(LARGE) }
  } finally {
    await client.end()
  }
}

async function upload({ apiPort, headers }: Project, name: string, body: Buffer): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${apiPort}/storage/v1/object/${BUCKET}/${name}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(body),
  })
  if (!response.ok) throw new Error(`${name} of ${OWNER} was refused: ${await response.text()}`)
}
