import { assert, property, string } from 'fast-check'
import { expect, it } from 'vitest'

import { disposition } from './disposition.ts'

it('no name that a download is given ends the header or a parameter of it', () => {
  assert(
    property(string({ unit: 'binary', minLength: 1 }), (name) => {
      expect(disposition(name)).toMatch(/^attachment; filename=[^\s;"\\]+; filename\*=UTF-8''[\w.!~%-]+$/)
    }),
  )
})
