// The picture that a provider has of somebody, for one who has just signed up with it. It is kept here, so that nobody
// who sees it asks the provider for it; where it cannot be had, the drawn one stays.

import { setProfileImage } from '../directory/people/change-profile-image.ts'
import { isLoopbackHost } from '../exposure.ts'
import { pictureType } from '../parameters/picture/picture-type.ts'
import type { Instance } from '../state/instance/instance.ts'
import { requireUser } from '../state/people/users.ts'

const patience = 3000
const largest = 5 * 1024 * 1024

/** Shows a user who has no picture the one of an account that she has connected. */
export async function adoptPicture(instance: Instance, userId: string): Promise<void> {
  const { imageId, externalAccounts } = await requireUser(instance.store, userId)
  const url = externalAccounts.find(({ imageUrl }) => imageUrl !== null)?.imageUrl
  if (imageId !== null || url === null || url === undefined || !isReachable(instance, url)) return
  const bytes = await download(url).catch(() => null)
  const contentType = bytes === null ? null : pictureType(bytes)
  if (bytes !== null && contentType !== null) await setProfileImage(instance.store, userId, { bytes, contentType })
}

/** Plain http is for providers on this machine. */
function isReachable({ isDevelopment }: Instance, text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (isDevelopment && protocol === 'http:' && isLoopbackHost(hostname))
}

/** The bytes behind an address; null for too many of them. */
async function download(url: string): Promise<Buffer | null> {
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(patience) })
  if (!answer.ok || answer.body === null) return null
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of answer.body) {
    length += chunk.length
    if (length > largest) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
