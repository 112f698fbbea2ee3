// @tenon/clerk: a Clerk-compatible identity provider over Postgres.

export { type ConfiguredInstance, configureInstance } from './profiles/configure-instance.ts'
export { type ProfileName, profileNames } from './profiles/require-profile.ts'
export { ClerkRefusal, type ClerkRefusalCode } from './refusal/clerk-refusal.ts'
export {
  type ClerkOptions,
  type RunningClerk,
  resetInstances,
  type RunningInstance,
  startClerk,
} from './start-clerk.ts'
export type { InstanceSettings } from './state/instance/instance-settings.ts'
export { parseSeed, type Seed } from './state/seed/parse-seed.ts'
export type { WebhookSettings } from './outbox/webhooks/configure-endpoints.ts'
export type { WebhookPolicy } from './outbox/webhooks/webhook-policy.ts'
export { publishableKeyOf } from './tokens/publishable-key.ts'
