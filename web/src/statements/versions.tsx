import { useCallback, type ReactElement } from 'react'
import type { AssessmentVersion } from '../../../src/server/api.ts'
import { casePath, read } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useCase } from '../frame/case-context.ts'
import { Instant } from '../parts/moment.tsx'
import { counted } from '../text/figures.ts'

const changesShown = 40

/** What each run of the analysis changed, the latest first: what was said, what is said, which evidence is new in it. */
export function Versions(): ReactElement | null {
  const { id } = useCase()
  const { answer, failure } = useAnswer(
    useCallback((signal) => read<{ versions: readonly AssessmentVersion[] }>(casePath(id, 'versions'), signal), [id]),
  )
  if (failure !== undefined) return <p className="wrong">{failure.message}</p>
  if (answer === undefined) return null
  return (
    <section aria-label="Versions of the assessment">
      <h2>What changed in the assessment</h2>
      {answer.versions.length === 0 && <p className="soft">No run of the analysis has said anything yet.</p>}
      {answer.versions.toReversed().map((one) => (
        <details key={one.version}>
          <summary>
            Version {one.version}, <Instant at={one.at} />: {counted(one.changes.length, 'change')}
            {one.added.length === 0
              ? ', no new evidence'
              : `, new: ${one.added
                  .slice(0, 4)
                  .map(({ number }) => number)
                  .join(', ')}${one.added.length > 4 ? ` and ${one.added.length - 4} more` : ''}`}
          </summary>
          <ul className="said">
            {one.changes.slice(0, changesShown).map((change) => (
              <li key={`${change.kind} ${change.subject} ${change.how} ${change.after?.finding ?? change.before?.finding ?? ''}`}>
                <strong>{change.how}</strong> {change.after?.text ?? change.before?.text}
                {change.how === 'changed' && change.before !== undefined && (
                  <span className="soft"> Before: {change.before.text}</span>
                )}
                <span className="soft"> {change.why}</span>
              </li>
            ))}
          </ul>
          {one.changes.length > changesShown && (
            <p className="soft">{counted(one.changes.length - changesShown, 'further change')}.</p>
          )}
        </details>
      ))}
    </section>
  )
}
