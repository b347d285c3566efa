import type { ReactElement } from 'react'
import type { AssessedPart, AssessedThread, Finding } from '../../../src/server/api.ts'
import { useCase } from '../frame/case-context.ts'
import { Said, SaidList } from '../parts/cites.tsx'
import { Status } from '../parts/status.tsx'
import { Row, Table } from '../parts/table.tsx'
import { findingOf } from '../people/finding-of.ts'
import { Ruling } from '../people/ruling.tsx'
import { counted } from '../text/figures.ts'
import { SaidBesideList, SettlingList } from './settling.tsx'

/** The finding of the case file about a part. */
export function partFinding(findings: readonly Finding[], { id }: Pick<AssessedPart, 'id'>): Finding | undefined {
  return findingOf({ findings }, 'assessment', [id])
}

/** One claim part by part: access, system, whose data and the rest, each judged for itself. */
export function PartTable({ thread }: { readonly thread: AssessedThread }): ReactElement {
  const { view } = useCase()
  const name = thread.actor === '' ? 'The claim' : `The claim of ${thread.actor}`
  return (
    <section>
      <h2>{name}, part by part</h2>
      <p>
        <Said sentence={thread.summary} />
      </p>
      <Table
        caption={`${name}, part by part (${thread.parts.length})`}
        quiet
        className="fixed assess"
        columns={['What is judged', 'Answer', 'Deciding ground', 'What would settle it', 'Ruling']}
      >
        {thread.parts.map((part) => (
          <PartRow key={part.id} part={part} finding={partFinding(view.findings, part)} />
        ))}
      </Table>
      {thread.asks.length > 0 && (
        <details>
          <summary>Whom to ask, by when: {counted(thread.asks.length, 'line')}</summary>
          <SaidList sentences={thread.asks} />
        </details>
      )}
    </section>
  )
}

function PartRow({ part, finding }: { readonly part: AssessedPart; readonly finding: Finding | undefined }): ReactElement {
  return (
    <Row id={part.id}>
      <td>
        {part.proposition}
        <p className="small soft">
          {part.asserted.length === 0 ? 'Implied, not said' : `Said in ${counted(part.asserted.length, 'sentence')}`}
        </p>
      </td>
      <td>
        <Status status={part.status} />
        <p className="small soft">{part.strength === 'none' ? 'no evidence' : `evidence ${part.strength}`}</p>
      </td>
      <td>
        {part.restsOn !== undefined && <p>{part.restsOn}</p>}
        <p>
          <Said sentence={part.ground} />
        </p>
        <Grounds title="For" sentences={part.for.filter(({ text }) => text !== part.ground.text)} />
        <Grounds title="Against" sentences={part.against.filter(({ text }) => text !== part.ground.text)} />
        <Grounds title="Beside" sentences={part.beside} />
        <SaidBesideList said={part.said} />
      </td>
      <td>
        {part.openDays.length > 0 && (
          <p className="small">
            Open for {part.openDays.map(({ from, to }) => (from === to ? from : `${from} to ${to}`)).join(', ')}.
          </p>
        )}
        <SettlingList {...part} />
      </td>
      <td>{finding === undefined ? <span className="soft">no finding in the case file</span> : <Ruling finding={finding} />}</td>
    </Row>
  )
}

function Grounds(props: { readonly title: string; readonly sentences: AssessedPart['for'] }): ReactElement | null {
  if (props.sentences.length === 0) return null
  return (
    <details>
      <summary>
        {props.title}: {counted(props.sentences.length, 'ground')}
      </summary>
      <SaidList sentences={props.sentences} />
    </details>
  )
}
