import { expect, test } from 'vitest'

import { invitationLetter } from './invitation-letter.ts'

test('a link is plain in the text and escaped in the HTML', () => {
  const link = 'https://app.example/accept?from="><b>&to=1'
  const { bodyText, bodyHtml } = invitationLetter({
    slug: 'invitation',
    recipient: 'ada@example.com',
    link,
    expiresInDays: 30,
  })
  expect(bodyText).toContain(link)
  expect(bodyHtml).toContain('href="https://app.example/accept?from=&quot;&gt;&lt;b&gt;&amp;to=1"')
})
