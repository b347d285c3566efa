import type { ReactElement } from 'react'
import type { Verdict } from '../../../src/server/api.ts'
import { Bar } from '../parts/bar.tsx'
import { Table } from '../parts/table.tsx'
import { counted } from '../text/figures.ts'

const most = 8

/** The posterior over all answers: registered copies, one that is not registered, known leaks, fabricated. */
export function Answers(props: { readonly verdict: Verdict }): ReactElement {
  const { sources, unknownCopy, knownLeaks, fabricated } = props.verdict
  const copies = sources.map((one) => ({
    key: `copy ${one.copy}`,
    words: [one.holder, one.system, one.cutDay === undefined ? undefined : `cut ${one.cutDay}`]
      .filter((part) => part !== undefined)
      .join(', '),
    posterior: one.posterior,
  }))
  const others = [
    { key: 'unknown', words: 'A copy that is not registered', posterior: unknownCopy },
    ...knownLeaks.map((one) => ({ key: `leak ${one.leak}`, words: `Known leak ${one.leak}`, posterior: one.posterior })),
    { key: 'fabricated', words: 'Fabricated', posterior: fabricated },
  ]
  const rest = copies.slice(most)
  return (
    <Table caption="Whose copy: posterior; sums to 1" columns={[{ name: 'Answer', width: 'widest' }, 'Posterior']}>
      {[...copies.slice(0, most), ...others].map((one) => (
        <tr key={one.key}>
          <td>{one.words}</td>
          <td>
            <Bar fraction={one.posterior} />
          </td>
        </tr>
      ))}
      {rest.length > 0 && (
        <tr>
          <td>{counted(rest.length, 'further copy', 'further copies')} together</td>
          <td>
            <Bar fraction={rest.reduce((sum, one) => sum + one.posterior, 0)} />
          </td>
        </tr>
      )}
    </Table>
  )
}
