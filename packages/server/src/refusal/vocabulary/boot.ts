// Refusals of starting up: told to whoever runs the command, never to an HTTP client.

import type { NoDetail } from './no-detail.ts'

export interface BootRefusals {
  /** A value in the configuration file is of the wrong kind or out of range. */
  'boot.config-invalid': { readonly file: string; readonly key: string; readonly problem: string }
  /** Something else listens where a door wants to. */
  'boot.port-taken': { readonly host: string; readonly port: number; readonly door: string }
  /** Development keys or the built-in identity provider would be reachable by strangers. */
  'boot.unsafe-exposure': { readonly what: string; readonly because: string }
  /** What a command is about is switched off by this key. */
  'boot.switched-off': { readonly key: string }
  /** A command looks at what a project has stored, and there is no such folder. */
  'boot.nothing-stored': { readonly folder: string }
  /** Emptying a Postgres that is not ours alone needs to be said twice. */
  'boot.reset-external': NoDetail
}
