import type { ReactElement } from 'react'
import type { Thread } from '../../../src/server/api.ts'
import { Cites } from '../parts/cites.tsx'
import { MomentText } from '../parts/moment.tsx'
import { counted } from '../text/figures.ts'

/** Where the words come from, the actor's victims in turn, what others report, and what to have ready. */
export function Campaign(props: { readonly thread: Thread }): ReactElement {
  const { thread } = props
  const { against = [], victims = [] } = thread.campaign ?? {}
  const disguised = (thread.links ?? []).filter((one) => one.disguise !== undefined)
  return (
    <>
      {(thread.sources ?? []).length > 0 && (
        <section>
          <h3>Sources</h3>
          <ul className="said">
            {(thread.sources ?? []).map((one, n) => (
              <li key={`${n} ${one.name}`}>
                {one.name || 'without a name'} <span className="soft">({one.kind})</span>, {counted(one.posts, 'part')}
                {one.first !== undefined && (
                  <>
                    , first <MomentText moment={one.first} />
                  </>
                )}{' '}
                <Cites cites={[one.cite]} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {(victims.length > 1 || against.length > 0 || victims.some((one) => one.ours !== undefined)) && (
        <section>
          <h3>Campaign</h3>
          <ul className="said">
            {against.map((one, n) => (
              <li key={`${n} ${one.text}`}>
                Against a sector or country: <q>{one.text}</q> <Cites cites={[one.cite]} />
              </li>
            ))}
            {victims.map((one) => (
              <li key={one.name}>
                <b>{one.name}</b>: {one.ended.map((end) => end.kind).join(', ') || 'open'}
                {(one.ours ?? []).map((party) => (
                  <p key={`${party.entry} ${party.relation}`} className="small">
                    In our inventory: {party.name} ({party.entry}), {party.relation}
                  </p>
                ))}
                {(one.listsUs ?? []).map((said) => (
                  <p key={said.text} className="small">
                    Names us: <q>{said.text}</q> <Cites cites={[said.cite]} />
                  </p>
                ))}{' '}
                <Cites cites={one.cites.slice(0, 3)} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {(thread.abuse ?? []).length > 0 && (
        <section>
          <h3>Reported use of data</h3>
          <ul className="said">
            {(thread.abuse ?? []).map((one, n) => (
              <li key={`${n} ${one.text}`}>
                {one.kind.replaceAll('-', ' ')}: <q>{one.text}</q>{' '}
                <span className="soft">(before the claim: {one.predates})</span> <Cites cites={[one.cite]} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {disguised.map((one) => (
        <p key={one.text} className="small">
          Look-alike name: <code>{one.text}</code> is <code>{one.host}</code> ({one.disguise}) <Cites cites={[one.cite]} />
        </p>
      ))}
      {(thread.readiness ?? []).map((list) => (
        <section key={list.key}>
          <h3>Be ready: {list.title}</h3>
          <ul className="said">
            {list.items.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
          <Cites cites={list.cites.slice(0, 3)} />
        </section>
      ))}
    </>
  )
}
