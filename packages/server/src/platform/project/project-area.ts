// What the home page begins with: which project this is, and where its parts are.

import type { PlatformArea } from '../platform-door.ts'

/** Plain facts, none of them secret. */
export interface ProjectFacts {
  /** `project_id`. */
  readonly name: string
  /** Holds `supabase/`. */
  readonly folder: string
  readonly production: boolean
  /** Tenon's own. */
  readonly version: string
  /** By the names of `tenon status`: addresses alone, the database's without its password. */
  readonly addresses: Readonly<Record<string, string>>
  readonly postgres: { readonly version: string; readonly kind: 'embedded' | 'external' }
  /** Sentences: features this Postgres does not give, warnings of the configuration. */
  readonly notices: readonly string[]
}

/** `GET /project`. */
export function projectArea(facts: () => ProjectFacts): PlatformArea {
  return async (fastify) => {
    fastify.get('/project', async () => facts())
  }
}
