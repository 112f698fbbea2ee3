// The schema that the tests of the dialect share: films, who made them, and one of everything the dialect knows.

/** `api` and `other` are exposed; ada owns Agnès, bob owns Akira. */
export const cinema = `
  create schema api;
  create schema other;
  grant usage on schema api, other to anon, authenticated;
  create type api.mood as enum ('sad', 'glad');
  create table api.directors (id int primary key, name text not null, owner text);
  create table api.films (
    id int primary key, title text default 'untitled', year bigint, director_id int references api.directors,
    notes jsonb, tags text[], shown daterange, mood api.mood, seen boolean, document tsvector,
    first_of int references api.films
  );
  create table api.people (film_id int references api.films, person text, primary key (film_id, person));
  create table api.genres (id int primary key, name text unique);
  create table api.film_genres (
    film_id int references api.films, genre_id int references api.genres, primary key (film_id, genre_id)
  );
  create table api.posters (film_id int primary key references api.films, url text);
  create table api.counters (
    id int generated always as identity primary key, label text unique, hits int not null default 0
  );
  create table api.logs (line text);
  create table api.shows (
    id int primary key, film_id int constraint main references api.films, extra_id int constraint extra references api.films
  );
  create view api.recent as select id, title, director_id from api.films where year > 1970;
  create table other.places (id int primary key);
  grant select, insert, update, delete on all tables in schema api, other to authenticated;
  grant select on api.films to anon;
  alter table api.directors enable row level security;
  create policy own on api.directors to authenticated
    using (owner = current_setting('request.jwt.claims', true)::json ->> 'sub');
  insert into api.directors values (1, 'Agnès', 'ada'), (2, 'Akira', 'bob');
  insert into api.films values
    (1, 'Cléo', 1962, 1, '{"a":{"b":[1,2]},"c":"x"}', '{x,y}', '[2020-01-01,2020-02-01)', 'glad', true, 'cleo:1 pari:2', null),
    (2, 'Ran', 9007199254740993, 2, null, null, null, null, null, null, null),
    (3, 'Vagabond', 1985, 1, null, '{}', '[2021-01-01,2021-02-01)', 'sad', false, 'road:1', 1);
  insert into api.people values (1, 'Corinne'), (1, 'José');
  insert into api.genres values (1, 'Drama'), (2, 'War');
  insert into api.film_genres values (1, 1), (2, 1), (2, 2);
  insert into api.posters values (1, 'http://x');
  insert into api.counters (label, hits) values ('a', 1), ('b', 2);
  insert into api.shows values (1, 1, 3);
`

export const exposed = ['api', 'other'] as const
