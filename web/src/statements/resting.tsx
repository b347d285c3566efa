import type { ReactElement } from 'react'
import { useCase } from '../frame/case-context.ts'
import { Cites } from '../parts/cites.tsx'
import { Status } from '../parts/status.tsx'

/** Findings by their ids: status, and the first cites; the whole sentence on the pointer. */
export function Resting({ findings }: { readonly findings: readonly string[] }): ReactElement | null {
  const { view } = useCase()
  if (findings.length === 0) return null
  const known = findings.map((id) => ({ id, finding: view.findings.find((one) => one.id === id) }))
  return (
    <span className="resting">
      {known.slice(0, 3).map(({ id, finding }) => (
        <span key={id} title={finding?.text}>
          <code>{id.slice(0, 10)}</code> {finding !== undefined && <Status status={finding.status} />}{' '}
          {finding !== undefined && <Cites cites={finding.cites.slice(0, 2)} />}{' '}
        </span>
      ))}
      {known.length > 3 && <span className="soft">and {known.length - 3} more</span>}
    </span>
  )
}
