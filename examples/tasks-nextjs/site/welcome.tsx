/** What a stranger sees. */
export function Welcome() {
  return (
    <section>
      <h1>Tasks</h1>
      <p className="quiet">
        Everybody has tasks of her own here. Sign up to add one: the database shows it to you and to nobody else.
      </p>
    </section>
  )
}
