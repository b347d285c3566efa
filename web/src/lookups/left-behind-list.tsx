import type { ReactElement } from 'react'
import type { LookupReview } from '../../../src/server/api.ts'
import { SaidList } from '../parts/cites.tsx'
import { counted, figure } from '../text/figures.ts'

/** Sources shown; all of them stand in the answer. */
const shown = 100

/** What the actor left behind: queries that were asked, and files that were recovered. No test counts them. */
export function LeftBehindList(props: { readonly left: NonNullable<LookupReview['leftBehind']> }): ReactElement {
  const { subscribers, asked, inFiles, atLeast, findings } = props.left
  return (
    <>
      <h2>Left behind by the actor</h2>
      <p>
        {atLeast === true && 'At least '}
        {counted(subscribers, 'subscriber')} named: {figure(asked)} in queries, {figure(inFiles)} in recovered files. Queries say
        what was asked, not what was answered; no test counts them.
      </p>
      <SaidList sentences={findings.slice(0, shown).map((one) => one.sentence)} />
      {findings.length > shown && <p className="soft">{counted(findings.length - shown, 'further source')} not shown.</p>}
    </>
  )
}
