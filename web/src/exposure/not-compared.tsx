import type { ReactElement } from 'react'
import type { ExposureView } from '../../../src/server/api.ts'
import { counted } from '../text/figures.ts'

const most = 100

/** What is ruled out and why, and what could not be compared: not listed is not safe. */
export function NotCompared({ exposure }: { readonly exposure: NonNullable<ExposureView['exposure']> }): ReactElement {
  const { excluded = [], unmatched = [], unnamed = [] } = exposure
  return (
    <>
      <Lines
        title={`${counted(excluded.length, 'hole')} ruled out by version`}
        lines={excluded.map((one) => `${one.cve} on ${one.product}: ${one.why} (${one.source.name}, entry ${one.entry})`)}
      />
      <Lines
        title={`${counted(unmatched.length, 'CVE')} of which no source at hand says which products it concerns`}
        lines={unmatched.map((one) => `${one.cve} (${one.source.name})`)}
      />
      <Lines title={`${counted(unnamed.length, 'product')} met only where the vendor stands in the name`} lines={unnamed} />
    </>
  )
}

function Lines(props: { readonly title: string; readonly lines: readonly string[] }): ReactElement | null {
  if (props.lines.length === 0) return null
  return (
    <details>
      <summary>{props.title}</summary>
      <ul className="said">
        {props.lines.slice(0, most).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {props.lines.length > most && <p className="soft">and {props.lines.length - most} more (breachline exposure --json)</p>}
    </details>
  )
}
