// Reads the whole catalog: eleven queries in one read-only snapshot and one round trip, put together here. All of it
// stands in `pg_catalog`, which every role may read, so that no privilege on the described things is needed.

import type { Database, Rows, Statement } from '../database/statement.ts'
import { booleanAt, numberAt, textAt } from './assemble/cells.ts'
import { readConstraints } from './assemble/constraints.ts'
import { endsOfHiddenJunctions } from './assemble/hidden-junctions.ts'
import { linksOf } from './assemble/links.ts'
import { readRelations } from './assemble/relations.ts'
import { readRelationships } from './assemble/relationships.ts'
import { readMediaHandlers, readRepresentations, readRoutines } from './assemble/routines.ts'
import { primaryKeysOfViews, viewsOfTables } from './assemble/view-keys.ts'
import type { Catalog, RoleSettings } from './catalog.ts'
import { computedRelationshipsStatement, constraintsStatement } from './sql/keys.ts'
import { columnsStatement, enumLabelsStatement, policiesStatement, relationsStatement } from './sql/relations.ts'
import { mediaHandlersStatement, representationsStatement, routinesStatement } from './sql/routines.ts'
import {
  changeTriggersStatement,
  roleSettingsStatement,
  schemaFingerprintStatement,
  serverStatement,
} from './sql/server.ts'

export interface CatalogScope {
  /** The schemas that requests may name. */
  readonly schemas: readonly string[]
  /** Schemas whose relations are known too: views there are looked through. */
  readonly extraSearchPath: readonly string[]
  /** The role that reads; role settings are those of the roles it is a member of. */
  readonly authenticatorRole: string
  /** Settings of functions that are applied to the whole transaction (`db-hoisted-tx-settings`). */
  readonly hoistedSettings: readonly string[]
}

type Run = Database['run']

/** Reads a catalog and gives it `version`. Refuses with `postgres.*`. */
export async function readCatalog(run: Run, scope: CatalogScope, version: number): Promise<Catalog> {
  const known = [...new Set([...scope.schemas, ...scope.extraSearchPath])]
  const statements = {
    server: serverStatement(),
    relations: relationsStatement(known),
    columns: columnsStatement(known),
    enumLabels: enumLabelsStatement(),
    policies: policiesStatement(known),
    constraints: constraintsStatement(),
    computed: computedRelationshipsStatement(scope.schemas),
    routines: routinesStatement(scope.schemas),
    representations: representationsStatement(),
    mediaHandlers: mediaHandlersStatement(scope.schemas),
    roleSettings: roleSettingsStatement(),
  }
  return assemble(await runNamed(run, scope.authenticatorRole, statements), scope, version)
}

/** A text that differs after any change of the schema; cheaper than reading it. Refuses with `postgres.*`. */
export async function readSchemaFingerprint(run: Run, scope: CatalogScope): Promise<string> {
  const known = [...new Set([...scope.schemas, ...scope.extraSearchPath])]
  const statements = { fingerprint: schemaFingerprintStatement(known) }
  const { fingerprint } = await runNamed(run, scope.authenticatorRole, statements)
  return textAt(fingerprint.rows[0] ?? [], 0)
}

/** Whether the database announces changes of its schema by itself; where not, they have to be looked for. */
export async function announcesChanges(run: Run, role: string): Promise<boolean> {
  const { triggers } = await runNamed(run, role, { triggers: changeTriggersStatement() })
  return booleanAt(triggers.rows[0] ?? [], 0)
}

async function runNamed<Name extends string>(
  run: Run,
  role: string,
  statements: Readonly<Record<Name, Statement>>,
): Promise<Record<Name, Rows>> {
  const names = Object.keys(statements) as Name[]
  const results = await run({
    kind: 'transaction',
    role,
    // With nothing on the search path, Postgres prints every name with its schema.
    settings: [['search_path', '']],
    readOnly: true,
    isolation: 'repeatable read',
    statements: names.map((name) => statements[name]),
    end: 'commit',
  })
  return Object.fromEntries(names.map((name, index) => [name, results[index]])) as Record<Name, Rows>
}

type CatalogRows = Readonly<
  Record<
    | 'server'
    | 'relations'
    | 'columns'
    | 'enumLabels'
    | 'policies'
    | 'constraints'
    | 'computed'
    | 'routines'
    | 'representations'
    | 'mediaHandlers'
    | 'roleSettings',
    Rows
  >
>

function assemble(rows: CatalogRows, scope: CatalogScope, version: number): Catalog {
  const { primaryKeys, foreignKeys } = readConstraints(rows.constraints)
  const views = viewsOfTables(rows.relations, rows.columns)
  const relations = readRelations(rows, primaryKeys, primaryKeysOfViews(views, primaryKeys))
  const exposed = new Set(scope.schemas)
  const links = linksOf(foreignKeys, views, exposed)
  const related = endsOfHiddenJunctions(foreignKeys, primaryKeys, views, exposed)
  return Object.freeze({
    kind: 'catalog',
    version,
    serverVersion: numberAt(rows.server.rows[0] ?? [], 0),
    makesGeoJson: booleanAt(rows.server.rows[0] ?? [], 1),
    relations,
    routines: readRoutines(rows.routines, new Set(scope.hoistedSettings)),
    relationships: readRelationships(links, rows.computed, relations, related),
    representations: readRepresentations(rows.representations),
    mediaHandlers: readMediaHandlers(rows.mediaHandlers),
    roleSettings: readRoleSettings(rows.roleSettings),
  })
}

function readRoleSettings(rows: Rows): Map<string, RoleSettings> {
  const roles = new Map<string, RoleSettings>()
  for (const cells of rows.rows) {
    const [role, name, value] = [textAt(cells, 0), textAt(cells, 1), textAt(cells, 2)]
    const known = roles.get(role) ?? { isolation: null, settings: [] }
    const isIsolation = name === 'default_transaction_isolation'
    roles.set(
      role,
      isIsolation ? { ...known, isolation: value } : { ...known, settings: [...known.settings, [name, value]] },
    )
  }
  return roles
}
