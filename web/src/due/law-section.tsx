import type { ReactElement } from 'react'
import type { Duty } from '../../../src/server/api.ts'
import { Table } from '../parts/table.tsx'
import { DutyRow } from './duty-row.tsx'

/** The duties of one law, with what its file says of the law as a whole. */
export function LawSection(props: {
  readonly law: string
  readonly duties: readonly Duty[]
  readonly then?: boolean
}): ReactElement {
  const notes = props.duties[0]?.lawNotes ?? []
  const jurisdiction = props.duties[0]?.jurisdiction
  return (
    <section className="law">
      <Table
        caption={jurisdiction === undefined ? props.law : `${props.law} (${jurisdiction})`}
        className="fixed duties"
        columns={['Duty', 'State and clock', 'Thresholds', 'What the notice says', 'Source']}
      >
        {props.duties.map((one) => (
          <DutyRow key={one.id} duty={one} then={props.then === true} />
        ))}
      </Table>
      {notes.length > 0 && (
        <details>
          <summary>On this law</summary>
          <ul className="said soft">
            {notes.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
