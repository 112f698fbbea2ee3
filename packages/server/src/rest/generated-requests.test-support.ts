// Requests over the schema below that the parser mostly takes and the planner often: right names in wrong places,
// wrong values for right types, everything that can be combined.

import * as fc from 'fast-check'

export const generatedFixture = `
  create schema api;
  grant usage on schema api to anon, authenticated;
  create type api.mood as enum ('sad', 'glad');
  create domain api.title as text check (value <> 'forbidden');
  create table api.directors (id int primary key, name text not null, born date, home point);
  create table api.films (
    id int primary key, title api.title default 'untitled', year bigint, score numeric(4, 1),
    director_id int references api.directors, notes jsonb, raw json, tags text[], shown tstzrange, mood api.mood,
    seen boolean, document tsvector, digest bytea, parent_id int references api.films,
    length int generated always as ((coalesce(year, 0) % 100)::int) stored
  );
  create table api.people (id int primary key, name text);
  create table api.roles (film_id int references api.films, person_id int references api.people, part text,
    primary key (film_id, person_id));
  create table api.posters (film_id int primary key references api.films, url text);
  create view api.recent as select id, title, year, director_id from api.films where year > 1970;
  create function api.shout(api.films) returns text language sql stable as 'select upper($1.title)';
  create function api.best(api.directors) returns setof api.films rows 1 language sql stable
    as 'select * from api.films where director_id = $1.id order by score desc limit 1';
  create function api.add(a int, b int default 10) returns int language sql immutable as 'select a + b';
  create function api.joined(variadic words text[]) returns text language sql immutable
    as $$ select array_to_string(words, '-') $$;
  create function api.films_since(year bigint) returns setof api.films language sql stable
    as 'select * from api.films f where f.year >= films_since.year';
  create function api.named(id int, name text) returns table (id int, name text) language sql stable
    as 'select named.id, named.name';
  create function api.echo(json) returns json language sql immutable as 'select $1';
  grant select, insert, update, delete on all tables in schema api to authenticated;
  insert into api.directors values (1, 'Agnès', '1928-05-30', '(1,2)'), (2, 'Akira', null, null);
  insert into api.films (id, title, year, score, director_id, notes, raw, tags, shown, mood, seen, document, digest)
    values (1, 'Cléo', 1962, 8.1, 1, '{"a":{"b":[1,2]}}', '{"a":1}', '{x,y}', '[2020-01-01,2021-01-01)', 'glad', true,
      'cleo:1', '\\xff'), (2, 'Ran', 9007199254740993, null, 2, null, null, null, null, null, null, null, null),
      (3, 'Vagabond', 1985, 7, 1, '[1,"x"]', '[]', '{}', 'empty', 'sad', false, '', '');
  insert into api.people values (1, 'Corinne'), (2, 'Mieko');
  insert into api.roles values (1, 1, 'Cléo'), (2, 2, 'Sué');
  insert into api.posters values (1, 'http://x');
`

const ownColumn = fc.constantFrom(
  ...'id title year score director_id notes raw tags shown mood seen document digest parent_id length shout'.split(' '),
)
const shared = fc.constantFrom('id', 'name', 'title', 'year', 'film_id', 'url', 'part')
const oddColumn = fc.constantFrom('nope', '*', '"a b"', '"a\\"b"', 'count', 'born', 'home', 'person_id')
const column = fc.oneof({ weight: 8, arbitrary: ownColumn }, { weight: 4, arbitrary: shared }, oddColumn)
const path = fc.oneof(
  { weight: 9, arbitrary: fc.constant('') },
  fc.constantFrom('->a', '->>a', '->a->b->0', '->0', '->-1', '->>"x.y"', '->"q r"', '->a->>b'),
)
const relation = fc.constantFrom(
  ...'directors films people roles posters recent best director_id parent_id nowhere films_since'.split(' '),
)
const hint = fc.constantFrom(
  '',
  '',
  '',
  '!inner',
  '!left',
  '!director_id',
  '!parent_id',
  '!roles',
  '!films_director_id_fkey',
)
const cast = fc.constantFrom(
  '',
  '',
  '',
  '',
  '::text',
  '::int',
  '::jsonb',
  '::double precision',
  '::nosuchtype',
  '::date',
)
const aggregate = fc.constantFrom(
  ...Array.from({ length: 24 }, () => ''),
  '.count()',
  '.sum()',
  '.avg()',
  '.max()',
  '.min()',
  '.sum()::text',
)
const alias = fc.constantFrom('', '', '', 'a:', 'b c:', '"q\\"r":', 'id:')

const plainItem = fc.tuple(alias, column, path, cast, aggregate).map((parts) => parts.join(''))

const { items } = fc.letrec<{ items: string; item: string }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'select' },
    { weight: 4, arbitrary: plainItem },
    { weight: 1, arbitrary: fc.constant('count()') },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom('', '', 'a:', '...'), relation, hint, tie('items'))
        .map(([before, name, how, inner]) => `${before}${name}${how}(${inner})`),
    },
  ),
  items: fc.array(tie('item'), { maxLength: 3, depthIdentifier: 'select' }).map((some) => some.join(',')),
}))

const value = fc.oneof(
  fc.constantFrom(
    ...`1 3 -1 1.5 x null true {} {1,2} {"a":1} [1,2) (1,2) *l* %`.split(' '),
    '',
    '\\',
    ...`1962 1928-05-30 glad 9999999999999999999999 [ ( " $1 -- ;`.split(' '),
    'a & b',
    'a b',
    `'`,
  ),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 4 }).map((text) => text.toWellFormed()),
)
const simple = fc.constantFrom(
  ...'eq neq gt gte lt lte like ilike match imatch cs cd ov sl sr nxr nxl adj isdistinct'.split(' '),
  ...'fts plfts phfts wfts fts(english) wfts(nolanguage) eq(any) eq(all) like(any) gt(all) match(any)'.split(' '),
)
const condition = fc
  .tuple(
    fc.constantFrom('', '', 'not.'),
    fc.oneof(
      { weight: 5, arbitrary: fc.tuple(simple, value).map(([operator, operand]) => `${operator}.${operand}`) },
      fc.constantFrom('is.null', 'is.not_null', 'is.true', 'is.unknown', 'in.(1,2)', 'in.()', 'in.("a,b",c)', 'in.(x)'),
    ),
  )
  .map((parts) => parts.join(''))
const quoted = (text: string): string => text.replaceAll(/[(),]/g, '')

const member = fc
  .tuple(column, path, condition)
  .map(([name, steps, rest]) => `${name}${steps}.${quoted(rest).replace('in.12', 'in.(1,2)')}`)
const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    { weight: 3, arbitrary: member },
    fc
      .tuple(fc.constantFrom('and', 'or', 'not.and', 'not.or'), fc.array(tie('tree'), { minLength: 1, maxLength: 3 }))
      .map(([kind, members]) => `${kind}(${members.join(',')})`),
  ),
}))

const orderTerm = fc
  .tuple(
    fc.oneof(
      column,
      fc.tuple(relation, column).map(([name, of]) => `${name}(${of})`),
    ),
    path,
    fc.constantFrom('', '.asc', '.desc', '.desc.nullslast', '.nullsfirst'),
  )
  .map((parts) => parts.join(''))
const under = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  relation.map((name) => `${name}.`),
)

type Pair = readonly [key: string, value: string]
/** What fits `films`, so that much of what is generated has an answer. */
const fittingItems = fc.subarray(
  [
    ...`id title shout notes->a->b y:year::text directors(name,films(id)) people(name) best(title)`.split(' '),
    ...`roles(part,people(name)) posters(url) d:directors!inner(*) ...people(who:name) parent_id(title)`.split(' '),
    ...`films!parent_id(id,directors()) ...posters(url) length recent(id)`.split(' '),
  ],
  { maxLength: 4 },
)
const fittingAggregates = fc.subarray(['count()', 'score.avg()', 'mood', 'y:year.max()::text', 'length.sum()'])
const fittingCondition = fc.constantFrom<Pair>(
  ...([
    ['id', 'eq.1'],
    ['year', 'not.gt.1970'],
    ['title', 'ilike.*l*'],
    ['title', 'match(any).{^C,n$}'],
    ['tags', 'cs.{x}'],
    ['shown', 'ov.[2020-01-01,2022-01-01)'],
    ['notes->a', 'not.is.null'],
    ['raw->>a', 'eq.1'],
    ['score', 'in.(7,8.1)'],
    ['mood', 'eq.glad'],
    ['seen', 'is.true'],
    ['document', 'fts.cleo'],
    ['title', 'wfts(english).ran'],
    ['digest', 'eq.\\xff'],
    ['shout', 'like.R*'],
    ['parent_id', 'isdistinct.1'],
    ['or', '(id.eq.1,not.and(year.lt.2000,title.not.like.C*))'],
    ['order', 'shout.desc,notes->a.asc.nullslast'],
    ['limit', '2'],
    ['offset', '1'],
  ] satisfies Pair[]),
)

const parameter: fc.Arbitrary<Pair> = fc.oneof(
  { weight: 8, arbitrary: fittingItems.map((some): Pair => ['select', some.join(',')]) },
  { weight: 2, arbitrary: fittingAggregates.map((some): Pair => ['select', some.join(',')]) },
  { weight: 14, arbitrary: fittingCondition },
  { weight: 2, arbitrary: items.map((text): Pair => ['select', text]) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(under, column, path, condition)
      .map(([at, name, steps, rest]): Pair => [`${at}${name}${steps}`, rest]),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(relation, fc.constantFrom('is.null', 'not.is.null', 'eq.1')).map((pair): Pair => pair),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(under, fc.constantFrom('and', 'or', 'not.or'), fc.array(tree, { minLength: 1, maxLength: 3 }))
      .map(([at, kind, members]): Pair => [`${at}${kind}`, `(${members.join(',')})`]),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(under, fc.array(orderTerm, { minLength: 1, maxLength: 2 }))
      .map(([at, terms]): Pair => [`${at}order`, terms.join(',')]),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(under, fc.constantFrom('limit', 'offset'), fc.constantFrom('0', '1', '-1', '99999999999999999999', 'x'))
      .map(([at, key, text]): Pair => [`${at}${key}`, text]),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Pair>(['columns', 'id,title'], ['on_conflict', 'id'], ['on_conflict', 'title']),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom('a', 'b', 'words', 'year', 'id', 'name'), value).map((pair): Pair => pair),
  },
)

const cell = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    1,
    2,
    77,
    'x',
    'forbidden',
    '',
    true,
    1.5,
    [1],
    ['a'],
    {},
    { a: 1 },
    '{a}',
    1e300,
    '\\x00',
  ),
  value,
)
const row = fc.dictionary(
  fc.constantFrom(
    ...'id title year score notes tags shown mood seen digest length name url part nope a b words'.split(' '),
  ),
  cell,
  { maxKeys: 3 },
)
const body = fc.oneof(
  { weight: 4, arbitrary: row.map((object) => JSON.stringify(object)) },
  {
    weight: 2,
    arbitrary: fc.tuple(row, row).map(([a, b]) => JSON.stringify([a, { ...b, ...a, id: 78 }, { ...a, id: 79 }])),
  },
  fc.constantFrom('', '[]', '[{}]', '{}', 'null', '"x"', '[1]', '{', '{"a":1}', '{"year":1970}', '\ufeff{}'),
)
const prefer = fc
  .subarray(
    [
      'return=representation',
      'return=headers-only',
      'count=exact',
      'count=planned',
      'count=estimated',
      'resolution=merge-duplicates',
      'resolution=ignore-duplicates',
      'missing=default',
      'handling=strict, max-affected=1',
      'timezone=Asia/Tokyo',
    ],
    { maxLength: 4 },
  )
  .map((some) => some.join(','))
const accept = fc.constantFrom(
  ...Array.from({ length: 16 }, () => '*/*'),
  ...`application/json text/csv application/vnd.pgrst.object+json text/html`.split(' '),
  ...`application/vnd.pgrst.array+json;nulls=stripped application/vnd.pgrst.plan+json application/geo+json`.split(' '),
  'application/vnd.pgrst.plan+text; for="text/csv"; options=verbose|settings',
)

const form = 'application/x-www-form-urlencoded'

export interface GeneratedRequest {
  readonly line: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

const toRelation = fc.record({
  method: fc.constantFrom(...'GET GET GET GET HEAD POST POST PATCH PUT DELETE OPTIONS QUERY'.split(' ')),
  target: fc.constantFrom(...'/films /films /films /films /directors /roles /recent /posters /nowhere /'.split(' ')),
})
const toRoutine = fc.record({
  method: fc.constantFrom('GET', 'HEAD', 'POST', 'QUERY', 'OPTIONS'),
  target: fc.constantFrom(
    ...`/rpc/add?a=1& /rpc/joined?words=a&words=b& /rpc/films_since?year=1900& /rpc/films_since?year=1970&`.split(' '),
    ...`/rpc/named?id=1&name=x& /rpc/add? /rpc/echo? /rpc/nothing?`.split(' '),
  ),
})

export const generatedRequest: fc.Arbitrary<GeneratedRequest> = fc
  .record({
    asked: fc.oneof({ weight: 4, arbitrary: toRelation }, toRoutine),
    parameters: fc.array(parameter, { maxLength: 4 }),
    body,
    prefer,
    accept,
    range: fc.constantFrom('', '', '', '', '', '0-0', '1-', '5-2', '0-99999999999999999999'),
    type: fc.constantFrom(...Array.from({ length: 12 }, () => 'application/json'), 'text/csv', form),
  })
  .map(({ asked: { method, target }, parameters, body: json, type, ...headers }) => {
    const query = parameters.map(([key, given]) => `${encodeURIComponent(key)}=${encodeURIComponent(given)}`).join('&')
    const sent = Object.fromEntries(Object.entries(headers).filter(([, header]) => header !== ''))
    if (method === 'QUERY') return { line: `QUERY ${target}`, body: query, headers: { ...sent, 'content-type': form } }
    const line = `${method} ${target.includes('?') ? target : `${target}?`}${query}`
    return { line, body: json, headers: { ...sent, 'content-type': type } }
  })
