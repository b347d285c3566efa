import type { ReactElement } from 'react'
import type { LookupReview } from '../../../src/server/api.ts'
import { Table } from '../parts/table.tsx'

const often: Readonly<Record<string, string>> = {
  '1': 'once a week',
  '0.5': 'once in 2 weeks',
  '0.25': 'once in 4 weeks',
  '0.125': 'once in 8 weeks',
}

/** What the tests would find in this log, whether they stay silent where nobody may be flagged, and what the log says as a whole. */
export function WhatTestsSay(props: { readonly review: LookupReview }): ReactElement | null {
  const { power, permutation, globalAlarm } = props.review
  if (power === undefined && permutation === undefined && globalAlarm === undefined) return null
  const accounts = [...new Set((power?.points ?? []).map((point) => point.accounts))]
  const rates = [...new Set((power?.points ?? []).map((point) => point.perWeek))]
  return (
    <section>
      <h2>What these tests can say</h2>
      {power !== undefined && <p>{power.text}</p>}
      {globalAlarm !== undefined && <p className={globalAlarm.alarm ? undefined : 'soft'}>{globalAlarm.text}</p>}
      {permutation !== undefined && <p className={permutation.silent ? 'soft' : 'box'}>{permutation.text}</p>}
      {power !== undefined && accounts.length > 0 && (
        <Table
          caption="Invented targets found in this log"
          columns={['A target read', ...accounts.map((many) => ({ name: `through ${many} accounts`, figures: true }))]}
        >
          {rates.map((perWeek) => (
            <tr key={perWeek}>
              <td>{often[String(perWeek)] ?? `${perWeek} a week`}</td>
              {accounts.map((many) => {
                const point = power.points.find((one) => one.perWeek === perWeek && one.accounts === many)
                return (
                  <td key={many} className="n">
                    {point === undefined ? '' : `${point.found} of ${point.of}`}
                  </td>
                )
              })}
            </tr>
          ))}
        </Table>
      )}
    </section>
  )
}
