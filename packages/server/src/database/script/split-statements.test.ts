import { readFileSync } from 'node:fs'
import { globSync } from 'node:fs'

import { loadModule, parseSync } from 'libpg-query'
import { beforeAll, describe, expect, it } from 'vitest'

import { type FileStatement, splitStatements } from './split-statements.ts'

function statementsOf(text: string): readonly FileStatement[] {
  const outcome = splitStatements(text)
  if (outcome.kind === 'unreadable') throw new Error(`line ${outcome.line}: ${outcome.problem}`)
  return outcome.statements
}

const texts: [what: string, file: string, statements: string[]][] = [
  ['plain statements', 'select 1; select 2;', ['select 1', 'select 2']],
  ['a last statement without a semicolon', 'select 1;\nselect 2', ['select 1', 'select 2']],
  ['empty statements', ';;select 1;;', ['select 1']],
  ['nothing', ' \n-- only a comment\n/* and another; */', []],
  ['semicolons in strings', `select 'a;b', 'it''s;';select 2`, [`select 'a;b', 'it''s;'`, 'select 2']],
  ['backslashes in plain strings', `select 'a\\';select 2`, [`select 'a\\'`, 'select 2']],
  ['escape strings', `select E'a\\';b';select 2`, [`select E'a\\';b'`, 'select 2']],
  ['quoted names', `select "a;""b";select 2`, [`select "a;""b"`, 'select 2']],
  ['dollar quotes', 'do $$ begin; end $$; select 1', ['do $$ begin; end $$', 'select 1']],
  ['tagged dollar quotes', 'do $a$ ; $$ ; $b$ ; $a$; select 1', ['do $a$ ; $$ ; $b$ ; $a$', 'select 1']],
  ['names that hold dollars', 'select a$b$ from t; select c$b$', ['select a$b$ from t', 'select c$b$']],
  ['comments', 'select 1 -- a; b\n; /* c; /* d; */ e; */ select 2', ['select 1 -- a; b', 'select 2']],
  [
    'rules of several commands',
    'create rule r as on insert to t do also (delete from a; delete from b); select 1',
    ['create rule r as on insert to t do also (delete from a; delete from b)', 'select 1'],
  ],
  [
    'functions with a body of statements',
    `create or replace function f() returns int language sql begin atomic select 1; select case when true then 2 end; end; select 3`,
    [
      'create or replace function f() returns int language sql begin atomic select 1; select case when true then 2 end; end',
      'select 3',
    ],
  ],
  ['transactions, whose BEGIN is no body', 'begin; select 1; end; select 2', ['begin', 'select 1', 'end', 'select 2']],
  ['a byte order mark', '\uFEFFselect 1;', ['select 1']],
  ['the brackets pg_dump writes', '\\restrict abc\nselect 1;\n\\unrestrict abc\n', ['select 1']],
]

describe('splitting a file into statements', () => {
  it.each(texts)('minds %s', (_, file, expected) => {
    expect(statementsOf(file).map((statement) => statement.text)).toEqual(expected)
  })

  it('says on which line each statement begins, after the comments before it', () => {
    const lines = statementsOf('-- first\nselect 1;\n\n/* two\nlines */ select 2;\nselect\n3').map(({ line }) => line)
    expect(lines).toEqual([2, 5, 6])
  })

  it.each([
    [`select 1;\nselect 'abc`, 2, 'a string begins here and does not end'],
    [`select "abc`, 1, 'a quoted name begins here and does not end'],
    [`\n\ndo $body$ begin`, 3, 'a string begins here with $body$ and does not end'],
    [`select 1;\n/* a /* b */`, 2, 'a comment begins here and does not end'],
    [`\\connect other`, 1, '\\connect is a command of psql, not SQL'],
    [`select 1;\ncopy t from stdin;\n1\tit's\n\\.\n`, 2, 'COPY … FROM stdin needs psql to feed it'],
  ])('refuses %j', (file, line, problem) => {
    expect(splitStatements(file)).toEqual({ kind: 'unreadable', line, problem })
  })
})

describe("beside Postgres' own parser", () => {
  beforeAll(async () => await loadModule())

  const files = globSync(['packages/server/src/database/bootstrap/steps/*.sql', 'examples/*/supabase/migrations/*.sql'])
  it.each([...files])('finds as many statements in %s', (path) => {
    const text = readFileSync(path, 'utf8')
    expect(statementsOf(text)).toHaveLength(parseSync(text).stmts?.length ?? 0)
  })
})
