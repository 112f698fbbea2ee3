// A stand-in's page: who do you want to be? Plain HTML without scripts; its form goes back to the page's own address,
// whatever prefix a proxy has put before it.

import { escapeHtml } from '../../http/escape-html.ts'
import { readyMadePeople } from './fake-people.ts'

/** The page of a provider, for the application that asks. */
export function fakePage(providerName: string, applicationName: string): string {
  const provider = escapeHtml(providerName)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Stand-in for ${provider}</title>
<style>${style}</style>
</head>
<body>
<p class="label">A stand-in of this development server. It is not ${provider}, and nothing leaves this machine.</p>
<h1>Sign in to ${escapeHtml(applicationName)} with “${provider}”</h1>
<form method="post">
<h2>As one of these</h2>
${readyMadePeople.map(personButton).join('\n')}
</form>
<form method="post">
<h2>As somebody else</h2>
<label>Email address <input name="email_address" type="email" required></label>
<label>First name <input name="first_name"></label>
<label>Last name <input name="last_name"></label>
<label class="check"><input name="email_verified" type="checkbox" value="true" checked> the address is verified</label>
<button name="choice" value="somebody">Continue</button>
</form>
<form method="post"><button class="quiet" name="choice" value="refuse">Refuse access</button></form>
</body>
</html>
`
}

function personButton({ emailAddress, emailVerified, firstName, lastName }: (typeof readyMadePeople)[number]): string {
  const verified = emailVerified ? 'verified' : 'not verified'
  return `<button name="choice" value="${emailAddress}">${firstName} ${lastName} <small>${emailAddress}, ${verified}</small></button>`
}

const style = `
body { font-family: system-ui, sans-serif; max-width: 26rem; margin: 2rem auto; padding: 0 1rem; color: #151515 }
.label { background: #fff3c4; border: 1px solid #d9b400; padding: .5rem .75rem; border-radius: .5rem }
h1 { font-size: 1.25rem } h2 { font-size: 1rem; margin: 1.5rem 0 .5rem }
button, input { font: inherit; padding: .5rem .75rem; border: 1px solid #8a8a8a; border-radius: .5rem }
button { display: block; width: 100%; margin: .5rem 0; text-align: left; background: #fff; cursor: pointer }
button:hover, button:focus-visible { border-color: #6c47ff }
label { display: block; margin: .5rem 0 } label input { display: block; width: 100%; box-sizing: border-box }
.check input { display: inline; width: auto } small { display: block; color: #555 } .quiet { color: #8a1c1c }
`
