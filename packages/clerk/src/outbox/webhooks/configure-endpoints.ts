// Makes an instance's configured endpoints what the configuration says, at every start.

import { eventTypes } from '../events/event-types.ts'
import { newId } from '../../state/database/ids.ts'
import type { Store } from '../../state/database/store.ts'
import {
  configuredWebhookEndpoints,
  deleteWebhookEndpoint,
  insertWebhookEndpoint,
  updateWebhookEndpoint,
} from '../../state/outbox/webhook-endpoints.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { isWebhookSecret, newWebhookSecret } from './webhook-secret.ts'
import { isWebhookUrl } from './webhook-url.ts'

/** An endpoint as the operator configures it. */
export interface WebhookSettings {
  /** Tells endpoints apart from start to start. */
  readonly name: string
  readonly url: string
  /** `whsec_…`; one is made and kept where it is not given. */
  readonly secret?: string
  /** Clerk's event names; all where it is not given. */
  readonly eventTypes?: readonly string[]
  readonly enabled?: boolean
}

/** Adds, changes and removes configured endpoints; those made through the Backend API stay as they are. */
export async function configureEndpoints(store: Store, wanted: readonly WebhookSettings[]): Promise<void> {
  for (const [index, settings] of wanted.entries()) requireSettings(settings, `webhooks[${index}]`)
  const known = new Map((await configuredWebhookEndpoints(store)).map((endpoint) => [endpoint.configuredAs, endpoint]))
  for (const { name, url, secret, eventTypes: types = [], enabled } of wanted) {
    const found = known.get(name)
    known.delete(name)
    if (found === undefined) {
      const row = { configured_as: name, url, secret: secret ?? newWebhookSecret(), event_types: types, enabled }
      await insertWebhookEndpoint(store, newId('wep'), row)
    } else {
      await updateWebhookEndpoint(store, found.id, { url, secret, event_types: types, enabled })
    }
  }
  for (const { id } of known.values()) await deleteWebhookEndpoint(store, id)
}

function requireSettings({ name, url, secret, eventTypes: types = [] }: WebhookSettings, where: string): void {
  if (name === '') throw invalid(`${where}.name`, 'a name')
  if (!isWebhookUrl(url)) throw invalid(`${where}.url`, 'an http or https address')
  if (secret !== undefined && !isWebhookSecret(secret)) throw invalid(`${where}.secret`, 'whsec_ and a base64 key')
  const unknown = types.find((type) => !isEventType(type))
  if (unknown !== undefined) throw invalid(`${where}.events`, `of ${eventTypes.join(', ')}; found ${unknown}`)
}

/** True for the name of an event that this server tells of. */
export function isEventType(text: string): boolean {
  return eventTypes.some((type) => type === text)
}

function invalid(option: string, expected: string): ClerkRefusal {
  return new ClerkRefusal('option_invalid', { option, expected })
}
