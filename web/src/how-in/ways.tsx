import type { ReactElement, ReactNode } from 'react'
import type { Story, StoryView } from '../../../src/server/api.ts'
import { amend } from '../address/use-address.ts'
import { Cites, SaidList } from '../parts/cites.tsx'
import { Instant } from '../parts/moment.tsx'
import { counted, percent } from '../text/figures.ts'
import { distinctCites } from './distinct-cites.ts'
import { numbersText } from './numbers-text.ts'

type Ways = StoryView['ways']
type Way = NonNullable<Ways['told']>

/** The way in as told beside the one that explains most otherwise: what follows from each, what does not, what speaks against it. */
export function WaysTable(props: {
  readonly story: Story
  readonly ways: Ways | undefined
  readonly failed: boolean
  readonly shown: 'told' | 'other'
  /** Marks steps for the form that cuts. */
  onCut(steps: readonly number[]): void
}): ReactElement | null {
  const { story, ways, shown } = props
  if (ways === undefined)
    return <p role="status">{props.failed ? 'Ways in could not be compared; reload the page.' : 'Comparing ways in ...'}</p>
  const { told, other } = ways
  if (told === undefined && other === undefined) return null
  const apart = told?.apart ?? []
  const line = (name: string, cell: (way: Way) => ReactNode): ReactElement => (
    <tr>
      <th scope="row">{name}</th>
      {told !== undefined && <td>{cell(told)}</td>}
      {other !== undefined && <td>{cell(other)}</td>}
    </tr>
  )
  const choose = (way: 'told' | 'other'): ReactElement => (
    <button type="button" aria-pressed={shown === way} onClick={() => amend({ way: way === 'told' ? undefined : way })}>
      {shown === way ? 'Shown in the graph' : 'Show in the graph'}
    </button>
  )
  const all = story.steps.length
  return (
    <section className="table ways" aria-labelledby="ways">
      <h2 id="ways" tabIndex={-1}>
        Way in, and the alternative
      </h2>
      <table>
        <thead>
          <tr>
            <td />
            {told !== undefined && <th scope="col">As told {other !== undefined && choose('told')}</th>}
            {other !== undefined && <th scope="col">Alternative {choose('other')}</th>}
          </tr>
        </thead>
        <tbody>
          {line('Begins', (way) => (
            <>
              <b className="mono">{way.where}</b>, <Instant at={way.time} /> ({way.kind.replaceAll('-', ' ')})
            </>
          ))}
          {line('Because', (way) => (
            <>
              {way.text} <Cites cites={distinctCites(way.cites)} most={3} />
            </>
          ))}
          {line('Certainty', (way) =>
            way.certainty === undefined ? 'not rated: the order of records alone' : percent(way.certainty),
          )}
          {line('Follows by moves seen', (way) => `${counted(way.follows.length, 'step')} of ${all}`)}
          {line('Does not follow', (way) =>
            way.apart.length === 0 ? 'nothing' : `${way.apart.length === 1 ? 'step' : 'steps'} ${numbersText(way.apart)}`,
          )}
          {line('Leads to', (way) => (
            <ul className="plain-list">
              {way.paths.map((path) => (
                <li key={path.join(' ')} className="mono">
                  {path.join(' → ')}
                </li>
              ))}
            </ul>
          ))}
          {line('Speaks against it', (way) =>
            way.against.length === 0 ? (
              <span className="soft">nothing in the records of this story</span>
            ) : (
              <SaidList sentences={way.against} />
            ),
          )}
        </tbody>
      </table>
      {other === undefined && <p className="soft">No other beginning explains a quarter of the steps.</p>}
      {apart.length > 0 && apart.length < all && (
        <p>
          {counted(apart.length, 'step')} joined by account or time alone may be another matter.{' '}
          <button type="button" onClick={() => props.onCut(apart)}>
            Put {apart.length === 1 ? 'it' : 'them'} into the form that cuts
          </button>
        </p>
      )}
    </section>
  )
}
