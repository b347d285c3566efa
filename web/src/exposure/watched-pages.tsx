import type { ReactElement } from 'react'
import type { ExposureView } from '../../../src/server/api.ts'
import { Instant } from '../parts/moment.tsx'
import { counted, percent } from '../text/figures.ts'

type Page = ExposureView['pages'][number]
type Change = NonNullable<Page['change']>

const kinds: Readonly<Record<string, string>> = {
  same: 'as before',
  content: 'changed as pages are',
  defacement: 'says that somebody took it',
  takeover: 'visitors are served by, or sent to, somebody else',
  unclear: 'replaced: a person has to look',
}

/** Pages that are watched: the last state beside the one before it, as words; nothing of a page is drawn. */
export function WatchedPages({ pages }: { readonly pages: readonly Page[] }): ReactElement {
  return (
    <section aria-label="Watched pages">
      <h2>Watched pages</h2>
      {pages.length === 0 && (
        <p className="soft">
          No page is watched. Take your own pages before they are needed:{' '}
          <code>breachline pages take https://www.meridian.example</code>
        </p>
      )}
      {pages.map((one) => (
        <article key={one.url} className="watched-page">
          <h3>{one.url}</h3>
          <p className="soft">
            Taken {counted(one.taken.length, 'time')}
            {one.taken.length > 0 && (
              <>
                , last <Instant at={one.taken.at(-1)?.at ?? ''} /> (answer {one.taken.at(-1)?.status})
              </>
            )}
          </p>
          {one.change === undefined ? (
            <p className="soft">Two states are needed to say what became of it.</p>
          ) : (
            <BeforeAfter url={one.url} change={one.change} />
          )}
        </article>
      ))}
    </section>
  )
}

function BeforeAfter({ url, change }: { readonly url: string; readonly change: Change }): ReactElement {
  const loud = change.kind === 'defacement' || change.kind === 'takeover'
  return (
    <>
      <p>
        <strong className={loud ? 'wrong' : undefined}>{change.kind}</strong>: {kinds[change.kind] ?? ''}; {percent(change.kept)}{' '}
        of the earlier words still stand.
      </p>
      {change.reasons.length > 0 && (
        <ul className="said">
          {change.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {change.kind !== 'same' && (
        <div className="before-after">
          <State label="Before" state={change.before} />
          <State label="After" state={change.after} />
        </div>
      )}
      <p className="soft small">
        Into the case as evidence: <code>breachline pages compare {url} --case ID</code>
      </p>
    </>
  )
}

function State({ label, state }: { readonly label: string; readonly state: Change['before'] }): ReactElement {
  return (
    <section aria-label={`${label}: ${state.title}`}>
      <h4>
        {label}, <Instant at={state.at} />
      </h4>
      <p>{state.title === '' ? <span className="soft">no title</span> : state.title}</p>
      <div className="words">
        {state.words}
        {state.more && ' …'}
      </div>
    </section>
  )
}
