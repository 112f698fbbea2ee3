import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openDatabase, type OpenDatabase } from '../database/pipeline/open-database.ts'
import { type Catalog, findRelation, type Relationship, relationshipsFrom } from './catalog.ts'
import { readCatalog } from './read-catalog.ts'

let made: TestDatabase
let database: OpenDatabase
let catalog: Catalog

const fixture = `
  create schema api;
  create schema hidden;

  create table api.clients (id int primary key, parent int constraint up references api.clients);
  create table api.projects (id int primary key, client_id int constraint client references api.clients, label text);
  create table api.passports (client_id int primary key constraint holder references api.clients);
  create table api.badges (id int primary key, client_id int unique constraint wearer references api.clients);

  create table api.rooms (floor int, number int, primary key (floor, number));
  create table api.bookings (
    id int primary key, room_number int, room_floor int,
    constraint room foreign key (room_number, room_floor) references api.rooms (number, floor)
  );

  create table api.users (id int primary key);
  create table api.tasks (id int primary key);
  create table api.users_tasks (
    user_id int constraint of_user references api.users,
    task_id int constraint of_task references api.tasks,
    primary key (user_id, task_id)
  );
  create table api.loose_links (
    id int primary key,
    user_id int constraint loose_user references api.users,
    task_id int constraint loose_task references api.tasks
  );
  create table hidden.secret_links (
    user_id int references api.users, task_id int references api.tasks, primary key (user_id, task_id)
  );

  create table api.lonely_users (id int primary key);
  create table api.unrelated (id int primary key);
  create table hidden.lonely_links (
    user_id int references api.lonely_users, task_id int references api.tasks, primary key (user_id, task_id)
  );

  create table api.events (
    id int not null, day date not null, client_id int constraint attended references api.clients,
    primary key (id, day)
  ) partition by range (day);
  create table api.events_2026 partition of api.events for values from ('2026-01-01') to ('2027-01-01');

  create view api.plain_view as select id, client_id as customer from api.projects;
  create view api.view_of_view as select customer as buyer from api.plain_view;
  create view api.doubled_view as select client_id as first, client_id as second from api.projects;
  create view api.joined_view as
    select p.id as project, c.id as client, p.client_id from api.projects p join api.clients c on c.id = p.client_id;
  create view api.cte_view as with w as (select id, client_id from api.projects) select * from w;
  create view api.subselect_view as
    select s.id, s.client_id, case when exists (select 1 from api.clients) then 1 end as flag
    from (select * from api.projects where label <> ')({ \\}') s;
  create view api.union_view as select client_id from api.projects union select client_id from api.projects;
  create view api.expression_view as select client_id + 0 as client_id from api.projects;
  create view api.half_room_view as select id, room_number from api.bookings;
  create view api.room_view as select id, room_floor as f, room_number as n from api.bookings;
  create view api.partial_clients as select parent from api.clients;
  create view api.seen_clients as select id from api.clients order by parent;
  create view api.links_view as select user_id, task_id from api.users_tasks;
  create materialized view api.kept_view as select id, client_id from api.projects;
  create table hidden.accounts (id int primary key, client_id int constraint account references api.clients);
  create view api.accounts as select * from hidden.accounts;
  create view api."Odd {view}" as select client_id as "a \\b (c) {d} :resno 7" from api.projects;

  create function api.boss(api.clients) returns setof api.clients rows 1 language sql stable as 'select $1';
  create function api.latest(api.clients) returns api.projects language sql stable as 'select * from api.projects limit 1';
  create function api.all_tasks(api.users) returns setof api.tasks language sql stable as 'select * from api.tasks';
  create function api.rooms(api.bookings) returns setof api.rooms language sql stable as 'select * from api.rooms';

  create view api.egg as select 1 as id;
  create view api.hen as select id from api.egg;
  create or replace view api.egg as select id from api.hen;
`

beforeAll(async () => {
  made = await createTestDatabase()
  await made.query(fixture)
  database = openDatabase({ url: made.url('authenticator'), size: 1 })
  const scope = { schemas: ['api'], extraSearchPath: [], authenticatorRole: 'authenticator', hoistedSettings: [] }
  catalog = await readCatalog((transaction) => database.run(transaction), scope, 1)
})

afterAll(async () => {
  await database.close()
  await made.drop()
})

/** What leads from one relation to another, each in one line. */
function ways(origin: string, target: string): string[] {
  return relationshipsFrom(catalog, { schema: 'api', name: origin })
    .filter((relationship) => relationship.target.name === target)
    .map(describeWay)
}

function describeWay(relationship: Relationship): string {
  switch (relationship.kind) {
    case 'key': {
      const columns = relationship.columns.map((pair) => pair.join('=')).join(',')
      return `${relationship.cardinality} ${relationship.constraint} ${columns}`
    }
    case 'junction': {
      const { junction, originConstraint, targetConstraint } = relationship
      return `many-to-many ${junction.name} ${originConstraint} ${targetConstraint}`
    }
    case 'computed':
      return `computed ${relationship.function.name} ${relationship.toOne ? 'to one' : 'to many'}`
  }
}

function primaryKey(name: string): readonly string[] | undefined {
  return findRelation(catalog, { schema: 'api', name })?.primaryKey
}

describe('foreign keys', () => {
  test('lead both ways', () => {
    expect(ways('projects', 'clients')).toEqual(['many-to-one client client_id=id'])
    expect(ways('clients', 'projects')).toContain('one-to-many client id=client_id')
  })

  test('of several columns keep the order of the constraint', () => {
    expect(ways('bookings', 'room_view')).toEqual([])
    expect(ways('rooms', 'bookings')).toEqual(['one-to-many room number=room_number,floor=room_floor'])
  })

  test('to the own table lead to children and to the parent', () => {
    expect(ways('clients', 'clients')).toEqual([
      'one-to-many up id=parent',
      'many-to-one up parent=id',
      'computed boss to one',
    ])
    const own = relationshipsFrom(catalog, { schema: 'api', name: 'clients' })
    expect(own.filter((way) => way.target.name === 'clients').every((way) => way.selfReferencing)).toBe(true)
  })

  test('over a primary key or a unique column are one-to-one in both directions', () => {
    expect(ways('passports', 'clients')).toEqual(['one-to-one holder client_id=id'])
    expect(ways('clients', 'passports')).toEqual(['one-to-one holder id=client_id'])
    expect(ways('badges', 'clients')).toEqual(['one-to-one wearer client_id=id'])
    const referenced = [...relationshipsFrom(catalog, { schema: 'api', name: 'clients' })].find(
      (way) => way.target.name === 'badges',
    )
    expect(referenced).toMatchObject({ originIsReferenced: true })
  })

  test('of a partitioned table count once', () => {
    expect(ways('events', 'clients')).toEqual(['many-to-one attended client_id=id'])
    expect(ways('clients', 'events_2026')).toEqual([])
  })
})

describe('junctions', () => {
  test('join what both keys reference when the primary key holds them', () => {
    expect(ways('users', 'tasks')).toContain('many-to-many users_tasks of_user of_task')
    expect(ways('tasks', 'users')).toContain('many-to-many users_tasks of_task of_user')
  })

  test('are none without the primary key, and none in a schema that is not exposed', () => {
    const junctions = ways('users', 'tasks').map((way) => way.split(' ')[1])
    expect(junctions).not.toContain('loose_links')
    expect(junctions).not.toContain('secret_links')
  })

  test('that are hidden leave their ends known as related', () => {
    expect(catalog.relationships.get('api')?.get('lonely_users')).toEqual([])
    expect(catalog.relationships.get('api')?.has('unrelated')).toBe(false)
  })

  test('may be views that show both keys', () => {
    expect(ways('users', 'tasks')).toContain('many-to-many links_view of_user of_task')
  })
})

describe('views inherit foreign keys', () => {
  test.each([
    ['plain_view', 'many-to-one client customer=id'],
    ['view_of_view', 'many-to-one client buyer=id'],
    ['joined_view', 'many-to-one client client_id=id'],
    ['cte_view', 'many-to-one client client_id=id'],
    ['subselect_view', 'many-to-one client client_id=id'],
    ['kept_view', 'many-to-one client client_id=id'],
    ['accounts', 'many-to-one account client_id=id'],
    ['Odd {view}', 'many-to-one client a \\b (c) {d} :resno 7=id'],
  ])('%s', (view, way) => {
    expect(ways(view, 'clients')).toContain(way)
  })

  test('once for each name of a column', () => {
    expect(ways('doubled_view', 'clients')).toEqual(['many-to-one client first=id', 'many-to-one client second=id'])
  })

  test('from tables to views and from views to views', () => {
    expect(ways('projects', 'seen_clients')).toEqual(['many-to-one client client_id=id'])
    expect(ways('plain_view', 'seen_clients')).toEqual(['many-to-one client customer=id'])
    expect(ways('seen_clients', 'plain_view')).toEqual(['one-to-many client id=customer'])
    expect(relationshipsFrom(catalog, { schema: 'api', name: 'seen_clients' })[0]).toMatchObject({ originIsView: true })
  })

  test('only whole', () => {
    expect(ways('half_room_view', 'rooms')).toEqual([])
    expect(ways('room_view', 'rooms')).toEqual(['many-to-one room n=number,f=floor'])
    expect(ways('projects', 'partial_clients')).toEqual([])
  })

  test('and not through unions and expressions', () => {
    expect(ways('union_view', 'clients')).toEqual([])
    expect(ways('expression_view', 'clients')).toEqual([])
  })

  test('and primary keys in the same way, those of all joined tables', () => {
    expect(primaryKey('plain_view')).toEqual(['id'])
    expect(primaryKey('view_of_view')).toEqual([])
    expect([...(primaryKey('joined_view') ?? [])].toSorted()).toEqual(['client', 'project'])
    expect(primaryKey('union_view')).toEqual([])
    expect(primaryKey('kept_view')).toEqual(['id'])
  })

  test('and views that stand on each other end nowhere', () => {
    expect(primaryKey('hen')).toEqual([])
  })
})

describe('functions of a row', () => {
  test('compute relationships to one and to many', () => {
    expect(ways('clients', 'projects')).toContain('computed latest to one')
    expect(ways('users', 'tasks')).toContain('computed all_tasks to many')
  })

  test('replace what was found under their name', () => {
    expect(ways('bookings', 'rooms')).toEqual(['computed rooms to many'])
  })
})
