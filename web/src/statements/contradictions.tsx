import type { ReactElement } from 'react'
import type { StatementCheck } from '../../../src/server/api.ts'
import { Instant } from '../parts/moment.tsx'
import { Resting } from './resting.tsx'

const kinds = {
  released: 'released statement',
  filed: 'filing',
  public: 'said in public',
  entered: 'entered for a filing',
  finding: 'finding',
} as const

/** Pairs of sentences that cannot both stand. */
export function Contradictions(props: {
  readonly title: string
  readonly all: StatementCheck['contradictions']
}): ReactElement | null {
  if (props.all.length === 0) return null
  return (
    <>
      <h3>{props.title}</h3>
      <ul className="said">
        {props.all.map(({ kind, why, now, before }) => (
          <li key={`${now.line} ${before.label} ${why}`}>
            <strong>{kind}</strong>: {why}.<span className="words">{now.sentence}</span>
            <span className="soft">
              Against {kinds[before.kind]} {before.kind === 'finding' ? <Resting findings={[before.label]} /> : before.label}
              {before.at !== '' && (
                <>
                  {' '}
                  of <Instant at={before.at} />
                </>
              )}
              :
            </span>
            <span className="words">{before.sentence}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
