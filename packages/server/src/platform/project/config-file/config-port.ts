// The project's configuration file as the platform's endpoints change it. Reading and writing it is boot's business.

/** A key of the file gets a value, or a key or a whole table goes. `path` is its dotted name, part by part. */
export type ConfigEdit =
  | { readonly kind: 'set'; readonly path: readonly string[]; readonly value: ConfigValue }
  | { readonly kind: 'remove'; readonly path: readonly string[] }

export type ConfigValue = string | number | boolean | readonly string[]

/** What the file says now, with the defaults for what it does not. */
export interface ConfigState {
  /** The document as written: `env(NAME)` stands as it is. */
  readonly written: Readonly<Record<string, unknown>>
  /** `[auth.third_party]`, with `env(NAME)` replaced. */
  readonly thirdParty: Readonly<Record<string, unknown>>
  readonly schemas: readonly string[]
  readonly extraSearchPath: readonly string[]
  readonly maxRows: number | null
  readonly signingKeysPath: string | null
}

/** One change of the file and of the running server: both are made, or neither. */
export interface ConfigChange {
  /** Says what to edit, or refuses; none writes nothing. Sees the file as it is at that moment. */
  readonly plan: (now: ConfigState) => readonly ConfigEdit[]
  /** Refuses what the file would then say, before it is written. */
  readonly check?: (next: ConfigState) => void | Promise<void>
  /** Makes the running server follow. Where it throws, the file is put back. */
  readonly apply: (next: ConfigState) => void | Promise<void>
}

export interface ConfigPort {
  /** The file's path, for people. */
  readonly file: string
  /** Refuses `config.invalid` where the file cannot be read. */
  read(): Promise<ConfigState>
  /**
   * One at a time. Refuses `config.invalid` where the file would not start a server, `config.not-editable` where the
   * place cannot be changed without touching more, `config.changed` where somebody wrote to it meanwhile,
   * `config.unwritable`.
   */
  change(change: ConfigChange): Promise<ConfigState>
}

/** A value of the document as written; undefined where it is absent. */
export function writtenAt({ written }: ConfigState, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (table, key) => (typeof table === 'object' && table !== null ? (table as Record<string, unknown>)[key] : undefined),
    written,
  )
}
