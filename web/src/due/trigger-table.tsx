import type { ReactElement } from 'react'
import type { TriggerEvent } from '../../../src/server/api.ts'
import { useCase } from '../frame/case-context.ts'
import { Said } from '../parts/cites.tsx'
import { MomentText } from '../parts/moment.tsx'
import { Row, Table } from '../parts/table.tsx'
import { isoIn, localText } from '../text/times.ts'

/** Moments from which a clock could run, side by side; the earliest is flagged, none is chosen by the machine. */
export function TriggerTable(props: { readonly events: readonly TriggerEvent[]; onUse(at: string): void }): ReactElement {
  const { view } = useCase()
  if (props.events.length === 0)
    return (
      <p className="soft">No moment is known from which a clock could run. A claim with its time, or logs, would give one.</p>
    )
  return (
    <Table
      caption="Moments from which clocks could run"
      columns={['Moment', 'Kind', { name: 'What it is', width: 'widest' }, 'Awareness']}
    >
      {props.events.map((one) => (
        <Row key={one.id} id={`trigger-${one.id}`}>
          <td>
            <MomentText moment={one.at} />
            <p className="small soft">{localText(one.at.at, view.case.zone)}</p>
          </td>
          <td>
            {one.kind.replaceAll('-', ' ')}
            <br />
            {one.earliest && <span className="mark strong">▲ earliest</span>}
            {one.decided && <span className="mark strong">● decided</span>}
          </td>
          <td>
            {one.text !== one.ground.text && <p>{one.text}</p>}
            <Said sentence={one.ground} />
            <p className="small soft">
              <code>{one.id}</code>
            </p>
          </td>
          <td>
            <button
              type="button"
              className="plain"
              onClick={() => props.onUse(isoIn(one.at.at, view.case.zone))}
              aria-label={`Use this moment: ${one.text}`}
            >
              Use this moment
            </button>
          </td>
        </Row>
      ))}
    </Table>
  )
}
