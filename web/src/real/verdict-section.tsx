import type { ReactElement } from 'react'
import type { Verdict } from '../../../src/server/api.ts'
import { Bar } from '../parts/bar.tsx'
import { SaidList } from '../parts/cites.tsx'
import { Table } from '../parts/table.tsx'
import { capital, counted, figure, percent, sentence } from '../text/figures.ts'
import { Answers } from './answers.tsx'
import { FieldAgreement } from './field-agreement.tsx'
import { SourceTable } from './source-table.tsx'

const kinds: Readonly<Record<keyof Verdict['kind'], string>> = {
  real: 'real, from one copy',
  recycled: 'recycled from a known leak',
  fabricated: 'fabricated',
  mixed: 'mixed: real rows with padding',
  combo: 'put together from other lists',
}

/** The verdict on one sample: statement, answers side by side, what it is made of, fields, grounds, prior. */
export function VerdictSection(props: { readonly sample: string; readonly verdict: Verdict }): ReactElement {
  const { verdict } = props
  const { padding, columns } = verdict
  return (
    <section>
      <div className="box lead">
        <p className="verdict">{verdict.statement}</p>
        <p className="soft">
          <code>{props.sample}</code>: {counted(verdict.rows, 'row')}, {figure(verdict.read)} read as records,{' '}
          {figure(verdict.identified)} with a usable identifier
          {padding.rows > 0 &&
            `; ${counted(padding.rows, 'row')} taken as padding${padding.leak === undefined ? '' : ` from ${padding.leak}`}`}
          .
        </p>
      </div>
      <div className="columns">
        <Answers verdict={verdict} />
        <div>
          <Table caption="What the sample is made of; sums to 1" columns={['Kind', 'Probability']}>
            {(Object.keys(kinds) as (keyof Verdict['kind'])[]).map((kind) => (
              <tr key={kind}>
                <td>{capital(kinds[kind])}</td>
                <td>
                  <Bar fraction={verdict.kind[kind]} />
                </td>
              </tr>
            ))}
          </Table>
        </div>
      </div>
      <SourceTable sources={verdict.sources} />
      {verdict.knownLeaks.length > 0 && (
        <Table caption="Known leaks compared" columns={['Leak', 'Posterior', 'Rows of the sample found in it']}>
          {verdict.knownLeaks.map((one) => (
            <tr key={one.leak}>
              <td>{one.leak}</td>
              <td>
                <Bar fraction={one.posterior} />
              </td>
              <td>{percent(one.containment)}</td>
            </tr>
          ))}
        </Table>
      )}
      <FieldAgreement sources={verdict.sources} />
      <h2>Grounds</h2>
      {verdict.grounds.length === 0 ? <p className="soft">None stated.</p> : <SaidList sentences={verdict.grounds} />}
      {columns.length > 0 && (
        <details>
          <summary>{counted(columns.length, 'column')} of the sample and what they were read as</summary>
          <p>{columns.map((one) => `${one.name}: ${one.meaning}`).join('; ')}.</p>
        </details>
      )}
      <p className="soft">Prior: {sentence(verdict.prior)}</p>
      <p className="soft">{verdict.calibration}</p>
    </section>
  )
}
