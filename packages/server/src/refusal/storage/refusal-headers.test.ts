import { expect, it } from 'vitest'

import { type AnyRefusal, Refusal } from '../refusal.ts'
import { refusalHeaders } from './refusal-headers.ts'

const refusal = (fix?: string): AnyRefusal =>
  new Refusal('storage.authorization-missing', {}, fix === undefined ? {} : { fix })

it('names our own code where refusals are explained, and nowhere else', () => {
  expect(refusalHeaders(refusal(), true)).toEqual({ 'x-tenon-refusal': 'storage.authorization-missing' })
  expect(refusalHeaders(refusal(), false)).toEqual({})
})

it('says when an image may be asked for again', () => {
  const busy = new Refusal('storage.images-busy', { waiting: 1 })
  expect(refusalHeaders(busy, false)).toEqual({ 'retry-after': '1' })
})

it('says what to change in one line, where refusals are explained', () => {
  expect(refusalHeaders(refusal('Make "ä\r\nb"'), true)).toMatchObject({ 'x-tenon-hint': 'Make "???b"' })
  expect(refusalHeaders(refusal('Make it'), false)).toEqual({})
})
