import { expect, test } from 'vitest'

import { renderError } from './failure.ts'

test('an error of Postgres is told with its detail and its hint, any other as it is', () => {
  const duplicate = Object.assign(new Error('duplicate key'), {
    detail: 'Key (id)=(1) already exists.',
    hint: undefined,
  })
  expect(renderError(duplicate)).toBe('duplicate key\nKey (id)=(1) already exists.')
  const misspelt = Object.assign(new Error('column "nam" does not exist'), { hint: 'Perhaps you meant "name".' })
  expect(renderError(misspelt)).toBe('column "nam" does not exist\nPerhaps you meant "name".')
  expect(renderError(new Error('out of luck'))).toBe('out of luck')
})
