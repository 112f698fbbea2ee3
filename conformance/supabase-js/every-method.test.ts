// A new version of the SDK may bring a method; then this fails until the method has its file.

import { readdirSync } from 'node:fs'

import { expect, test } from 'vitest'

import { supabase } from './cinema/client.ts'

/** Not said by callers: what the builders say to themselves, and `then`, which every test here uses. */
const INTERNAL = new Set(['constructor', 'cloneRequestState', 'decorateFetch', 'processResponse', 'then'])

function methodsOf(builder: object): readonly string[] {
  const prototype = Object.getPrototypeOf(builder) as object | null
  if (prototype === null || prototype === Object.prototype) return []
  return [...Object.getOwnPropertyNames(prototype), ...methodsOf(prototype)]
}

function fileOf(method: string): string {
  return `${method.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}.test.ts`
}

test('every method of the query builder has its file', () => {
  const builders = [supabase.schema('public'), supabase.from('films'), supabase.from('films').select()]
  const methods = new Set(builders.flatMap(methodsOf).filter((method) => !INTERNAL.has(method)))
  const files = new Set(readdirSync(import.meta.dirname))
  expect([...methods].filter((method) => !files.has(fileOf(method)))).toEqual([])
})
