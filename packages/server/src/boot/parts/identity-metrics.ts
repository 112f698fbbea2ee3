// What the identity stage counts, for Prometheus.

import { Gauge, type Registry } from 'prom-client'

import type { VerifierStats } from '../../identity/verify/verifier.ts'

/** Registers the verifier's numbers, read when asked. */
export function registerIdentityMetrics(registry: Registry, stats: () => VerifierStats): void {
  const cache = new Gauge({
    name: 'tenon_token_cache_requests',
    help: 'Look-ups of verified tokens since the start, by what came of them.',
    labelNames: ['outcome'],
    registers: [registry],
    collect() {
      for (const [outcome, count] of Object.entries(stats().cache)) cache.set({ outcome }, count)
    },
  })
  const refusals = new Gauge({
    name: 'tenon_token_refusals',
    help: 'Tokens refused since the start, by the check that said no.',
    labelNames: ['code'],
    registers: [registry],
    collect() {
      for (const [code, count] of Object.entries(stats().refusals)) refusals.set({ code }, count)
    },
  })
  const roleless = new Gauge({
    name: 'tenon_tokens_without_role',
    help: 'Tokens whose role was missing and replaced by a default, since the start.',
    registers: [registry],
    collect() {
      roleless.set(stats().tokensWithoutRole)
    },
  })
  const ages = new Gauge({
    name: 'tenon_issuer_keys_age_seconds',
    help: 'Time since each issuer’s keys were fetched.',
    labelNames: ['issuer'],
    registers: [registry],
    collect() {
      for (const [issuer, age] of Object.entries(stats().keyAges)) if (age !== null) ages.set({ issuer }, age)
    },
  })
}
