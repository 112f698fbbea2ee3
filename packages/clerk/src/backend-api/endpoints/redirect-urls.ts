// The endpoints under /redirect_urls.

import { requireBody, requireText } from '../../parameters/body.ts'
import { requireAddressForm } from '../../parameters/identifiers.ts'
import { pageOf } from '../../parameters/query.ts'
import { deletion, maybePaginated } from '../../resources/listing.ts'
import {
  deleteRedirectUrl,
  insertRedirectUrl,
  listRedirectUrls,
  type RedirectUrl,
  requireRedirectUrl,
} from '../../state/instance/redirect-urls.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

export const redirectUrlEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/redirect_urls', answer: redirectUrlList },
  { method: 'POST', path: '/redirect_urls', answer: createRedirectUrl },
  { method: 'GET', path: '/redirect_urls/:id', answer: redirectUrlAnswer },
  { method: 'DELETE', path: '/redirect_urls/:id', answer: removeRedirectUrl },
]

async function redirectUrlList({ store, query }: BackendRequest): Promise<object> {
  return maybePaginated(query, await listRedirectUrls(store, pageOf(query)), redirectUrlResource)
}

async function createRedirectUrl({ store, body }: BackendRequest): Promise<object> {
  const url = requireAddressForm(requireText(requireBody(body, ['url']), 'url'), 'url')
  return redirectUrlResource(await insertRedirectUrl(store, url))
}

async function redirectUrlAnswer(request: BackendRequest): Promise<object> {
  return redirectUrlResource(await requireRedirectUrl(request.store, pathValue(request, 'id')))
}

async function removeRedirectUrl(request: BackendRequest): Promise<object> {
  const id = pathValue(request, 'id')
  await deleteRedirectUrl(request.store, id)
  return deletion('redirect_url', id)
}

function redirectUrlResource({ id, url, createdAt, updatedAt }: RedirectUrl): object {
  return { object: 'redirect_url', id, url, created_at: createdAt, updated_at: updatedAt }
}
