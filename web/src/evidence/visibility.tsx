import type { ReactElement } from 'react'
import { useCase } from '../frame/case-context.ts'
import { Row, Table } from '../parts/table.tsx'
import { figure } from '../text/figures.ts'

/** Which techniques of ATT&CK the logs at hand could have shown, by tactic; which are not visible at all. */
export function VisibilityPart(): ReactElement | null {
  const { visibility = [] } = useCase().view.coverage
  const [whole] = visibility
  if (whole === undefined) return null
  return (
    <>
      <h2>What could have been seen</h2>
      {visibility.map((one) => (
        <p key={`${one.from} ${one.to}`}>
          {one.from === '' && one.to === ''
            ? 'Over all logs at hand'
            : `Between ${one.from.slice(0, 10)} and ${one.to.slice(0, 10)}`}
          : {figure(one.could.length)} of {figure(one.techniques)} techniques of ATT&amp;CK {one.attackVersion}; for{' '}
          {figure(one.unsure.length)} a source is at hand without records of the kind needed, {figure(one.not.length)} are not
          visible at all, for {figure(one.unnamed.length)} ATT&amp;CK names no log source.
        </p>
      ))}
      <p className="soft">
        A technique counts when a record of a kind that an analytic rests on occurs. It says nothing of whether it was used.
      </p>
      <details>
        <summary>By tactic</summary>
        <Table
          caption="Techniques that could have been seen, by tactic"
          columns={[
            'Tactic',
            { name: 'Could', figures: true },
            { name: 'Of', figures: true },
            { name: 'Not visible at all', width: 'widest' },
          ]}
        >
          {whole.byTactic.map((one) => (
            <Row key={one.tactic}>
              <td>{one.tactic}</td>
              <td className="n">{figure(one.could)}</td>
              <td className="n">{figure(one.techniques)}</td>
              <td>{one.not.join(', ')}</td>
            </Row>
          ))}
        </Table>
      </details>
    </>
  )
}
