// Pictures that people uploaded, in the database beside those they show.

import { newId } from '../database/ids.ts'
import type { Store } from '../database/store.ts'

export interface StoredImage {
  readonly contentType: string
  readonly bytes: Buffer
}

/** Keeps a picture and hands back its id, which is of one upload: another picture gets another. */
export async function insertImage(store: Store, image: StoredImage): Promise<string> {
  const id = newId('img')
  await store.db.query(
    'insert into clerk.images (instance_id, id, content_type, bytes, created_at) values ($1, $2, $3, $4, $5)',
    [store.instanceId, id, image.contentType, image.bytes, store.now()],
  )
  return id
}

/** The picture of an id, if there is one. */
export async function findImage(store: Store, id: string): Promise<StoredImage | null> {
  const [image] = await store.db.query<StoredImage>(
    'select content_type as "contentType", bytes from clerk.images where instance_id = $1 and id = $2',
    [store.instanceId, id],
  )
  return image ?? null
}

/** Deletes a picture; null and an unknown id are let be. */
export async function deleteImage(store: Store, id: string | null): Promise<void> {
  if (id === null) return
  await store.db.query('delete from clerk.images where instance_id = $1 and id = $2', [store.instanceId, id])
}
