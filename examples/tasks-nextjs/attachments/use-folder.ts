'use client'

// The files of one folder of the bucket `attachments`, and what is done to them. Whether it may be is for the policies.

import { useSession } from '@clerk/nextjs'
import type { SupabaseClient } from '@supabase/supabase-js'
import { useCallback, useEffect, useState } from 'react'

import { useNativeClient } from '../clients/native-client'
import type { Refusal } from '../tasks/refusal-note'
import { plainName } from './sending/plain-name'
import { uploadFile } from './sending/upload-file'

const BUCKET = 'attachments'
/** Seconds that a link to a file is good for. */
const LINK = 600
/** What the server makes smaller pictures of. */
const pictures = /^image\/(?:jpeg|png|gif|webp|avif)$/

export interface Attachment {
  readonly name: string
  readonly size: number
  /** The address of a small picture; null for what is none. */
  readonly thumbnail: string | null
}

export interface RunningUpload {
  readonly name: string
  /** From 0 to 1. */
  readonly share: number
}

interface Folder {
  /** Null until the first answer. */
  readonly attachments: readonly Attachment[] | null
  readonly upload: RunningUpload | null
  readonly refusal: Refusal | null
  readonly add: (file: File) => Promise<void>
  readonly remove: (attachment: Attachment) => Promise<void>
  readonly download: (attachment: Attachment) => Promise<void>
}

/** `folder` is the id of a person or of an organisation. */
export function useFolder(folder: string): Folder {
  const client = useNativeClient()
  const { session } = useSession()
  const [attachments, setAttachments] = useState<readonly Attachment[] | null>(null)
  const [upload, setUpload] = useState<RunningUpload | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const files = client.storage.from(BUCKET)

  const read = useCallback(async () => {
    const listed = await listFolder(client, folder)
    setAttachments(listed.attachments)
    setRefusal(listed.refusal)
  }, [client, folder])

  useEffect(() => void read(), [read])

  /** Reads again after a yes, and shows a no. */
  const settle = async (said: Refusal | null) => {
    if (said === null) await read()
    else setRefusal(said)
  }

  return {
    attachments,
    upload,
    refusal,
    async add(file) {
      const name = plainName(file.name)
      setRefusal(null)
      setUpload({ name, share: 0 })
      const said = await uploadFile({
        file,
        bucket: BUCKET,
        name: `${folder}/${name}`,
        accessToken: async () => (await session?.getToken()) ?? null,
        onProgress: (share) => setUpload({ name, share }),
      })
      setUpload(null)
      await settle(said)
    },
    async remove({ name }) {
      const { error } = await files.remove([`${folder}/${name}`])
      await settle(inWords(error))
    },
    async download({ name }) {
      const { data, error } = await files.createSignedUrl(`${folder}/${name}`, LINK, { download: name })
      if (data) window.location.assign(data.signedUrl)
      setRefusal(inWords(error))
    },
  }
}

async function listFolder(client: SupabaseClient, folder: string) {
  const files = client.storage.from(BUCKET)
  const { data, error } = await files.list(folder, { sortBy: { column: 'created_at', order: 'asc' } })
  const attachments = (data ?? []).map(async ({ name, metadata }) => {
    const transform = { width: 96, height: 96 }
    const isPicture = pictures.test(metadata?.mimetype ?? '')
    const signed = isPicture ? await files.createSignedUrl(`${folder}/${name}`, LINK, { transform }) : null
    return { name, size: metadata?.size ?? 0, thumbnail: signed?.data?.signedUrl ?? null }
  })
  return { attachments: await Promise.all(attachments), refusal: inWords(error) }
}

function inWords(error: { readonly message: string } | null): Refusal | null {
  return error === null ? null : { message: error.message, hint: null }
}
