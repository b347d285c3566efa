import type { ReactElement } from 'react'
import type { AssessedAssertion, Finding } from '../../../src/server/api.ts'
import { Cites, Said, SaidList } from '../parts/cites.tsx'
import { Status } from '../parts/status.tsx'
import { Row, Table } from '../parts/table.tsx'
import { Ruling } from '../people/ruling.tsx'
import { counted } from '../text/figures.ts'
import { SaidBesideList, SettlingList } from './settling.tsx'

/** An assertion with the finding that carries its answer; none when the case file has none. */
export interface RuledAssertion {
  readonly assertion: AssessedAssertion
  readonly finding: Finding | undefined
}

/** Assertions: words as posted, status, deciding ground, what would settle it, ruling. */
export function AssertionTable(props: { readonly caption: string; readonly rows: readonly RuledAssertion[] }): ReactElement {
  return (
    <Table
      caption={props.caption}
      className="fixed assess"
      columns={['Words as posted', 'Answer', 'Deciding ground', 'What would settle it', 'Ruling']}
    >
      {props.rows.map((one) => (
        <AssertionRow key={one.assertion.id} {...one} />
      ))}
    </Table>
  )
}

function AssertionRow({ assertion: one, finding }: RuledAssertion): ReactElement {
  const rest = one.grounds.filter((ground) => ground.text !== one.ground.text)
  return (
    <Row id={one.id}>
      <td>
        <div className="words">{one.words}</div>
        <p className="small soft">
          {one.assertion}, {one.by} <Cites cites={[one.cite]} />
        </p>
      </td>
      <td>
        <Status status={one.status} />
        {one.strength !== undefined && (
          <p className="small soft">{one.strength === 'none' ? 'no evidence' : `evidence ${one.strength}`}</p>
        )}
      </td>
      <td>
        <p>
          <Said sentence={one.ground} />
        </p>
        {rest.length > 0 && (
          <details>
            <summary>{counted(rest.length, 'more ground')}</summary>
            <SaidList sentences={rest} />
          </details>
        )}
        <SaidBesideList said={one.said ?? []} />
      </td>
      <td>
        <SettlingList missing={one.missing} settles={one.settles ?? []} coverage={one.coverage} />
      </td>
      <td>{finding === undefined ? <span className="soft">no finding in the case file</span> : <Ruling finding={finding} />}</td>
    </Row>
  )
}
