import type { ReactElement, ReactNode } from 'react'
import type { StatementCheck } from '../../../src/server/api.ts'
import { Status } from '../parts/status.tsx'
import { counted } from '../text/figures.ts'
import { Contradictions } from './contradictions.tsx'
import { Resting } from './resting.tsx'

/** What a text says against what is known and was said before: what is refused and why, what differs, what a person must read. */
export function CheckResult({ check }: { readonly check: StatementCheck }): ReactElement {
  const bare = check.rests.filter(({ findings }) => findings.length === 0)
  return (
    <section className="check-result" aria-label="Result of the check">
      <p role="status">
        {check.ok ? <Status status="yes" word="nothing refused" /> : <Status status="no" word="refused" />} in{' '}
        {counted(check.sentences, 'sentence')}. It reads words, not meaning: a text that passes has not been found true.
      </p>
      {check.refusals.map((one) => (
        <div key={`${one.line} ${one.phrase} ${one.words}`} className="refusal">
          <p>
            Line {one.line}: <mark>{one.words}</mark> may not be said as things stand.
          </p>
          <p className="words">{one.sentence}</p>
          <ul className="said">
            {one.needs.map((need) => (
              <li key={need.text}>
                <Status status={need.met ? 'yes' : 'no'} word={need.met ? 'there' : 'missing'} /> {shortIds(need.text)}{' '}
                <Resting findings={need.findings} />
              </li>
            ))}
          </ul>
          <p>Instead: {one.instead}</p>
        </div>
      ))}
      <Lines title="Hidden in the text; refused" lines={check.hidden.map(({ line, what }) => `Line ${line}: ${what}`)} />
      <Contradictions title="Differs from what was said or found" all={check.contradictions} />
      <Lines
        title="Assures or denies in words that no phrase knows: to be read by a person"
        lines={check.toRead.map(({ line, sentence }) => `Line ${line}: ${sentence}`)}
      />
      <Lines
        title="Says something checkable and rests on no adopted finding"
        lines={bare.map(({ line, sentence }) => `Line ${line}: ${sentence}`)}
      />
      {check.allowed.length > 0 && (
        <Lines
          title="Checked phrases that have what they need"
          lines={check.allowed.map(({ line, sentence }) => `Line ${line}: ${sentence}`)}
        />
      )}
    </section>
  )
}

function Lines(props: { readonly title: string; readonly lines: readonly string[] }): ReactNode {
  if (props.lines.length === 0) return null
  return (
    <>
      <h3>{props.title}</h3>
      <ul className="said">
        {props.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  )
}

/** Ids of findings by their first digits, as elsewhere on the page. */
function shortIds(text: string): string {
  return text.replaceAll(/\bF_([0-9a-f]{8})[0-9a-f]{8,}/g, 'F_$1')
}
