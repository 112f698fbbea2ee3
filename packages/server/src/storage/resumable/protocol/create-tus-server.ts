// The library's server, with our answers to what it asks: names and addresses of uploads, who may do what, how large they may
// be, and what becomes of them.

import { Server, type ServerOptions, type Upload } from '@tus/server'

import { isRefusal } from '../../../refusal/refusal.ts'
import type { StorageDeps } from '../../door/storage-deps.ts'
import { completeUpload } from '../ending/complete-upload.ts'
import { locationOf } from '../location.ts'
import type { ResumableUploads } from '../rows/resumable-uploads.ts'
import { decodeUploadId, encodeUploadId, parseUploadId } from '../upload-id.ts'
import { admitAsked } from './admit-upload.ts'
import type { Asked } from './asked.ts'
import { beginUpload } from './begin-upload.ts'
import { continueUpload } from './continue-upload.ts'
import { GrowingStore } from './growing-store.ts'
import { isProtocolError, sayInTus } from './saying/say-in-tus.ts'
import { uploadLocker } from './upload-locker.ts'

export interface TusServer {
  /** Throws what is a fault; refusals are answered in the words of tus. */
  handle(request: Request, asked: Asked): Promise<Response>
}

export type TusDeps = Pick<StorageDeps, 'config' | 'blobs' | 'growing' | 'locks' | 'uploads' | 'signed' | 'log'> & {
  readonly rows: ResumableUploads
}

/** How long a writer may go on after another asked for the upload. Milliseconds. */
const DRAIN = 1_000

export function createTusServer(
  deps: TusDeps,
  paths: { readonly session: string; readonly signed: string },
): TusServer {
  const requests = new WeakMap<Request, Asked>()
  const of = (request: Request): Asked => {
    const asked = requests.get(request)
    if (asked === undefined) throw new Error('a request came by another way than the door')
    return asked
  }
  const server = new Server({
    path: paths.session,
    datastore: new GrowingStore(deps.rows, deps.growing, deps.config.uploadExpiry),
    locker: uploadLocker(deps.locks),
    lockDrainTimeout: DRAIN,
    disableTerminationForFinishedUploads: true,
    respectForwardedHeaders: true,
    allowedHeaders: ['X-Upsert', 'Upload-Expires', 'ApiKey', 'x-signature'],
    ...addressing(of, paths),
    ...admission(deps, of),
    onResponseError(request, error) {
      const said = sayInTus(error)
      if (isRefusal(error)) of(request).refused = error
      if (said === null && !isProtocolError(error)) of(request).fault = error
      return said ?? undefined
    },
  })
  return {
    async handle(request, asked) {
      requests.set(request, asked)
      const response = await server.handleWeb(request)
      if (asked.fault !== null) throw asked.fault
      return response
    },
  }
}

type Hooks<Names extends keyof ServerOptions> = Pick<ServerOptions, Names>

function addressing(
  of: (request: Request) => Asked,
  paths: { readonly session: string; readonly signed: string },
): Hooks<'generateUrl' | 'getFileIdFromRequest'> {
  return {
    generateUrl(request, { proto, host, id }) {
      const { shown, headers, proto: socket } = of(request)
      const path = shown.kind === 'signed' ? paths.signed : paths.session
      return locationOf({ proto: proto === 'http' ? socket : proto, host, path, id: encodeUploadId(id) }, headers)
    },
    getFileIdFromRequest: (_request, segment) => (segment === undefined ? undefined : decodeUploadId(segment)),
  }
}

function admission(
  deps: TusDeps,
  of: (request: Request) => Asked,
): Hooks<'namingFunction' | 'maxSize' | 'onIncomingRequest' | 'onUploadCreate' | 'onUploadFinish'> {
  return {
    namingFunction: async (request, metadata) => await beginUpload(deps, of(request), metadata),
    async maxSize(request, id) {
      if (id === null) return deps.config.fileSizeLimit
      const asked = of(request)
      if (request.method === 'POST') await admitAsked(deps, asked, 'storage.tus.upload.create')
      return asked.limit ?? deps.config.fileSizeLimit
    },
    async onIncomingRequest(request, id) {
      if (request.method !== 'POST') await continueUpload(deps, of(request), id, request.method)
    },
    async onUploadCreate(request) {
      const { upload } = of(request)
      if (upload !== null) await deps.rows.begin(upload)
      return {}
    },
    async onUploadFinish(request, { id }: Upload) {
      const parsed = parseUploadId(id)
      if (parsed !== null) await completeUpload(deps, of(request), parsed.version)
      return { headers: { 'Tus-Complete': '1' } }
    },
  }
}
