// What the endpoints about roles take.

import { z } from 'zod'

import { name } from '../../request/names.ts'

const flag = z.boolean().default(false)

/** `POST /roles`. What only a superuser may give (SUPERUSER, REPLICATION) is not here. */
export const newRole = z
  .object({
    name: name.refine((text) => !text.startsWith('pg_'), 'names that begin with pg_ are Postgres’ own'),
    canLogin: flag,
    inherits: z.boolean().default(true),
    canCreateDatabases: flag,
    canCreateRoles: flag,
    bypassesRls: flag,
    /** -1 is no limit. */
    connectionLimit: z.number().int().min(-1).max(10_000).default(-1),
    password: z.string().min(1).max(1000).nullable().default(null),
    /** Roles whose privileges it has, such as `authenticated`. */
    memberOf: z.array(name).default([]),
    /** A token may name it: `authenticator` may become it. */
    usableByApi: z.boolean().default(true),
  })
  .refine(({ canLogin, password }) => canLogin || password === null, {
    message: 'only a role that can log in has a use for one',
    path: ['password'],
  })

export type RoleInput = z.infer<typeof newRole>
