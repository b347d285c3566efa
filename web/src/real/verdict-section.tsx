import type { ReactElement } from 'react'
import type { Verdict } from '../../../src/server/api.ts'
import { Bar } from '../parts/bar.tsx'
import { SaidList } from '../parts/cites.tsx'
import { Table } from '../parts/table.tsx'
import { capital, counted, figure, percent, sentence } from '../text/figures.ts'
import { Answers } from './answers.tsx'
import { ExpertSection } from './expert-section.tsx'
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
          {verdict.compared !== undefined && `, ${figure(verdict.compared)} of them compared`}
          {padding.rows > 0 &&
            `; ${counted(padding.rows, 'row')} taken as padding${padding.leak === undefined ? '' : ` from ${padding.leak}`}`}
          .
        </p>
        {verdict.propositions !== undefined && <p>{propositionText(verdict.propositions)}</p>}
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
      <Lines title="What would change this" lines={verdict.wouldChange} />
      <Lines title="What a sample cannot show" lines={verdict.cannotShow} />
      <ExpertSection verdict={verdict} />
      {columns.length > 0 && (
        <details>
          <summary>{counted(columns.length, 'column')} of the sample and what they were read as</summary>
          <Table caption="Columns" quiet columns={['Column', 'Read as', { name: 'Why', width: 'widest' }]}>
            {columns.map((one) => (
              <tr key={one.name}>
                <td>{one.name}</td>
                <td>{one.meaning}</td>
                <td className="soft">{one.why ?? ''}</td>
              </tr>
            ))}
          </Table>
          <p className="soft">
            A wrong reading is corrected with a map of column name to meaning:{' '}
            <code>breachline provenance --map columns.json</code>.
          </p>
        </details>
      )}
      <p className="soft">Prior: {sentence(verdict.prior)}</p>
      <p className="soft">{verdict.calibration}</p>
    </section>
  )
}

function Lines(props: { readonly title: string; readonly lines: readonly string[] | undefined }): ReactElement | null {
  if (props.lines === undefined || props.lines.length === 0) return null
  return (
    <>
      <h2>{props.title}</h2>
      <ul className="said">
        {props.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  )
}

/** The figures support one proposition against the other; a negative logarithm speaks for the second. */
function propositionText({ first, second, log10LR, words }: NonNullable<Verdict['propositions']>): string {
  const [for_, against] = log10LR >= 0 ? [first, second] : [second, first]
  const ratio = Math.abs(log10LR) >= 6 ? 'at least 6' : Math.abs(log10LR).toFixed(1)
  return `The figures give ${words} (log10 of the likelihood ratio ${ratio}) to the proposition that ${for_}, against the proposition that ${against}.`
}
