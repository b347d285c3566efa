import { useState, type ReactElement } from 'react'
import type { HarmAssessment, HarmProposal } from '../../../src/server/api.ts'
import { Status } from '../parts/status.tsx'
import { Row, Table } from '../parts/table.tsx'
import { ActForm } from './act-form.tsx'

/** Harm per regime: what the rules propose and why, what a named person decided. */
export function HarmSection(props: { readonly harm: HarmAssessment }): ReactElement {
  const { severity, proposals, disclaimer } = props.harm
  return (
    <section>
      <h2>How grave is it?</h2>
      <p className="soft">{disclaimer}</p>
      <p>
        ENISA severity:{' '}
        <b>{severity.score === undefined ? 'not computed' : `${range(severity.score)} (${severity.bands.join(' to ')})`}</b>
        {severity.flags.length > 0 && ` · ${severity.flags.join(' · ')}`}
      </p>
      {(severity.parts.length > 0 || severity.missing.length > 0) && (
        <details>
          <summary>How it is counted, and what is missing</summary>
          <ul className="said small">
            {[...severity.parts, ...severity.missing].map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </details>
      )}
      <Table
        caption="Questions of harm, by regime"
        columns={['Question', 'Proposed by rule', { name: 'Because', width: 'widest' }, 'Decided']}
      >
        {proposals.map((one) => (
          <Row key={one.judgement} id={`harm-${one.judgement}`}>
            <td>
              <b>{one.judgement.replaceAll('-', ' ')}</b>
              <br />
              <span className="small soft">{one.regime}</span>
            </td>
            <td>
              <Status status={one.proposed} />
            </td>
            <td className="small">
              {one.reasons.map((reason) => (
                <p key={reason}>{reason}</p>
              ))}
              <p className="soft">{one.source}</p>
            </td>
            <td>
              <Decided proposal={one} />
            </td>
          </Row>
        ))}
      </Table>
    </section>
  )
}

function Decided(props: { readonly proposal: HarmProposal }): ReactElement {
  const { decided, judgement, proposed } = props.proposal
  const [open, setOpen] = useState(false)
  return (
    <>
      {decided === undefined ? (
        <p className="soft">nobody has decided</p>
      ) : (
        <p className="small">
          <Status status={decided.answer} /> by {decided.by}: {decided.reason}
        </p>
      )}
      <button
        type="button"
        className="plain"
        aria-expanded={open}
        aria-label={`Decide on ${judgement.replaceAll('-', ' ')}`}
        onClick={() => setOpen(!open)}
      >
        Decide
      </button>
      {open && (
        <ActForm
          label="Decide"
          onDone={() => setOpen(false)}
          act={(field) => ({ act: 'judge', question: judgement, answer: field('answer') as 'yes' | 'no' | 'unknown' })}
        >
          <label>
            <span>Answer</span>
            <select name="answer" defaultValue={proposed}>
              <option value="yes">yes</option>
              <option value="no">no</option>
              <option value="unknown">unknown</option>
            </select>
          </label>
        </ActForm>
      )}
    </>
  )
}

function range(score: readonly [number, number]): string {
  const [low, high] = score.map((one) => one.toFixed(2))
  return low === high ? `${low}` : `${low} to ${high}`
}
