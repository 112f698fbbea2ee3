// The mailbox's style sheet: the system's fonts, light and dark by the reader's preference.

export const styleSheet = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f7f9, #101216);
  --card: light-dark(#ffffff, #181b21);
  --line: light-dark(#e3e6ea, #2a2f37);
  --text: light-dark(#16191d, #e8eaed);
  --quiet: light-dark(#646b75, #969ea9);
  --accent: light-dark(#5b4bd6, #a79bff);
  --soft: light-dark(#efedfc, #262241);
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif }
a { color: var(--accent) }
header, main { max-width: 60rem; margin: 0 auto; padding: 0 1.25rem }
header { display: flex; align-items: center; gap: 1rem; padding-top: 1.5rem; padding-bottom: 1rem }
header h1 { font-size: 1.15rem; margin: 0 }
header h1 a { color: inherit; text-decoration: none }
header .space { flex: 1 }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; overflow: hidden }
.quiet { color: var(--quiet) }
.small { font-size: 0.85rem }
.list { list-style: none; margin: 0; padding: 0 }
.list li + li { border-top: 1px solid var(--line) }
.list li {
  display: grid; grid-template-columns: 3.5rem minmax(8rem, 15rem) 1fr auto; gap: 0.25rem 1rem; align-items: baseline;
  padding: 0.8rem 1.1rem
}
.list li:hover, .list li:focus-within { background: var(--soft) }
.list li > * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.plain { color: inherit; text-decoration: none }
.plain:hover, .plain:focus-visible { color: var(--accent); text-decoration: underline }
.tag {
  background: var(--soft); color: var(--accent); border-radius: 6px; padding: 0.05rem 0.45rem; font-size: 0.75rem;
  font-weight: 600; justify-self: start
}
.empty { padding: 3.5rem 1rem; text-align: center }
.code {
  display: inline-block; font: 600 2rem/1.2 ui-monospace, monospace; letter-spacing: 0.18em; background: var(--soft);
  color: var(--accent); border-radius: 10px; padding: 0.6rem 1.1rem; user-select: all
}
.part { padding: 1.1rem 1.25rem; border-top: 1px solid var(--line) }
.part:first-child { border-top: 0 }
.part h2 { margin: 0 0 0.3rem; font-size: 1.2rem }
.button, button {
  font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px;
  padding: 0.35rem 0.75rem
}
button { cursor: pointer }
.button { background: var(--accent); border-color: var(--accent); color: var(--card); text-decoration: none }
.filter { display: flex; flex-wrap: wrap; gap: 0.35rem; margin-bottom: 1rem }
.filter a { color: var(--quiet); text-decoration: none; border-radius: 8px; padding: 0.25rem 0.7rem }
.filter a:hover, .filter a[aria-current] { background: var(--soft); color: var(--accent) }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1rem; margin: 0 }
dd { margin: 0; overflow-wrap: anywhere }
iframe { display: block; width: 100%; height: 32rem; border: 0; background: #fff }
@media (max-width: 40rem) {
  .list li { grid-template-columns: auto 1fr }
  .list li > :nth-child(n + 3) { grid-column: 1 / -1 }
}
`
