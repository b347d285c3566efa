import type { ReactElement } from 'react'
import type { TrackedRecommendation } from '../../../src/server/api.ts'

const words = {
  proposed: 'Proposed',
  adopted: 'Adopted',
  done: 'Done, not tested again',
  held: 'Tested again, holds',
  dropped: 'Not taken up',
} as const satisfies Record<TrackedRecommendation['state'], string>

/** Where a recommendation stands, in words, with its day. */
export function RecommendationState({ one }: { readonly one: TrackedRecommendation }): ReactElement {
  return (
    <>
      <strong>{words[one.state]}</strong>
      {one.state === 'proposed' && <p className="soft">Offered: by {one.due}</p>}
      {one.state === 'adopted' && (
        <p className={one.late ? 'wrong' : 'soft'}>
          {one.late ? 'Late: was due' : 'Due'} {one.due}
        </p>
      )}
      {one.ruled !== undefined && (
        <p className="soft small">
          {one.ruled.decision}, {one.ruled.by}
        </p>
      )}
      {one.done !== undefined && (
        <p className="soft">
          {one.done.proof} {one.done.exhibits.join(', ')} ({one.done.by})
        </p>
      )}
      {one.retestDue !== undefined && (
        <p className={one.retestLate ? 'wrong' : 'soft'}>
          {one.retestLate ? 'Test is late: was due' : 'To be tested by'} {one.retestDue}
        </p>
      )}
      {one.tests.map((test) => (
        <p key={`${test.at} ${test.on}`} className="soft small">
          {test.on}: {test.passed ? 'holds' : 'does not hold'}; {test.found} ({test.by})
        </p>
      ))}
    </>
  )
}
