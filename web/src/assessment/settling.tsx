import type { ReactElement } from 'react'
import type { AssessedPart, Sentence } from '../../../src/server/api.ts'
import { Cites, SaidList } from '../parts/cites.tsx'
import { counted } from '../text/figures.ts'
import { momentDigits, standing } from '../text/times.ts'

/** What is missing, whom to ask for it until when, and what the logs cover. */
export function SettlingList(props: {
  readonly missing: readonly string[]
  readonly settles: AssessedPart['settles']
  readonly coverage: readonly Sentence[]
}): ReactElement {
  const { missing, settles, coverage } = props
  return (
    <>
      {missing.length > 0 && (
        <ul className="said">
          {missing.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {settles.length > 0 && (
        <details>
          <summary>Whom to ask, by when</summary>
          <SaidList sentences={settles} />
        </details>
      )}
      {missing.length === 0 && coverage.length === 0 && <span className="soft">settled on this evidence</span>}
      {coverage.length > 0 && (
        <details>
          <summary>Coverage</summary>
          <SaidList sentences={coverage} soft />
        </details>
      )}
    </>
  )
}

/** Words of others, marked as statements: they are no evidence. */
export function SaidBesideList(props: { readonly said: AssessedPart['said'] }): ReactElement | null {
  if (props.said.length === 0) return null
  return (
    <details>
      <summary>{counted(props.said.length, 'statement')}, no evidence</summary>
      <ul className="said">
        {props.said.map((one) => (
          <li key={`${one.by} ${one.text}`}>
            <q>{one.text}</q>{' '}
            <span className="soft">
              {one.name ?? one.by}
              {one.at === undefined ? '' : `, ${[standing(one.at), momentDigits(one.at)].join(' ').trim()}`}
            </span>{' '}
            <Cites cites={[one.cite]} />
          </li>
        ))}
      </ul>
    </details>
  )
}
