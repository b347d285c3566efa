import type { ReactElement } from 'react'
import type { Story } from '../../../src/server/api.ts'
import { Cites, SaidList } from '../parts/cites.tsx'
import { Row, Table } from '../parts/table.tsx'
import { numbersText } from './numbers-text.ts'

type Plan = NonNullable<Story['containment']>

const phases = {
  prepare: 'Prepare',
  preserve: 'Keep evidence first',
  cut: 'Cut together, in one window',
  reset: 'Reset what is known to others',
  rebuild: 'Rebuild',
} as const

/** How to end it: what is open, what to keep, cut, reset and rebuild in order, each tied to the steps it rests on; what to watch after. */
export function Containment(props: { readonly plan: Plan }): ReactElement {
  const { plan } = props
  return (
    <>
      <h2 id="containment" tabIndex={-1}>
        Containment plan
      </h2>
      <p className="soft">Made from this story as it stands; nothing is done by itself. Whoever runs the systems decides.</p>
      {plan.open.length > 0 && (
        <>
          <h3>Open before anything is cut</h3>
          <SaidList sentences={plan.open} />
        </>
      )}
      {(Object.keys(phases) as (keyof typeof phases)[]).map((phase) => {
        const steps = plan.steps.filter((one) => one.phase === phase)
        if (steps.length === 0) return null
        return (
          <Table
            key={phase}
            caption={`${phases[phase]} (${steps.length})`}
            className="fixed plan"
            columns={[{ name: 'No.', figures: true }, 'What to do', 'Removes', 'After', 'Steps of the story']}
          >
            {steps.map((one) => (
              <Row key={one.n} id={`plan-${one.n}`}>
                <td className="n">{one.n}</td>
                <td>
                  {one.text} <Cites cites={one.cites} most={2} />
                </td>
                <td>{one.removes === undefined ? '' : `${one.removes.kind} ${one.removes.name}`}</td>
                <td>{numbersText(one.after)}</td>
                <td>
                  {numbersText(one.steps, 6)} {one.rests === 'suspected' && <span className="mark">suspected</span>}
                </td>
              </Row>
            ))}
          </Table>
        )
      })}
      {plan.watch.length > 0 && (
        <>
          <h3>Watch afterwards</h3>
          <SaidList sentences={plan.watch} />
        </>
      )}
    </>
  )
}
