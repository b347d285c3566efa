import { useState, type ReactElement } from 'react'
import type { Cite, Sentence } from '../../../src/server/api.ts'
import { useCase } from '../frame/case-context.ts'
import { citeLabel } from '../text/cite-label.ts'
import { figure } from '../text/figures.ts'

/** Cite chips; each opens the evidence drawer. Beyond `most` they unfold on request. */
export function Cites(props: { readonly cites: readonly Cite[]; readonly most?: number }): ReactElement | null {
  const { exhibitName, openCite } = useCase()
  const [all, setAll] = useState(false)
  const most = all ? 200 : (props.most ?? 3)
  const rest = props.cites.length - most
  if (props.cites.length === 0) return null
  return (
    <span className="cites">
      {props.cites.slice(0, most).map((cite, n) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Chip key={n} label={citeLabel(cite, exhibitName)} onOpen={() => openCite(cite)} />
      ))}
      {rest > 0 && (
        <button type="button" className="more" onClick={() => setAll(true)} disabled={all}>
          {figure(rest)} more
        </button>
      )}
    </span>
  )
}

function Chip(props: { readonly label: string; onOpen(): void }): ReactElement {
  return (
    <button type="button" className={props.label.length < 26 ? 'cite nowrap' : 'cite'} onClick={props.onOpen}>
      {props.label}
    </button>
  )
}

/** A sentence with its chips. */
export function Said(props: { readonly sentence: Sentence; readonly most?: number }): ReactElement {
  return (
    <>
      {props.sentence.text} <Cites cites={props.sentence.cites} {...(props.most === undefined ? {} : { most: props.most })} />
    </>
  )
}

/** Sentences as a list; nothing when there are none. */
export function SaidList(props: { readonly sentences: readonly Sentence[]; readonly soft?: boolean }): ReactElement | null {
  if (props.sentences.length === 0) return null
  return (
    <ul className={props.soft === true ? 'said soft' : 'said'}>
      {props.sentences.map((sentence, n) => (
        <li key={`${n} ${sentence.text}`}>
          <Said sentence={sentence} />
        </li>
      ))}
    </ul>
  )
}
