import type { ReactElement } from 'react'
import type { TrackedRecommendation } from '../../../src/server/api.ts'
import { casePath, send } from '../api/request.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { useAct } from './use-act.ts'
import { Wrong } from '../parts/wrong.tsx'

/** Adopts a recommendation with owner and day, or says that it is done, or what testing it again found. */
export function RecommendationAct(props: {
  readonly one: TrackedRecommendation
  readonly reload: () => Promise<void>
}): ReactElement | null {
  const { one, reload } = props
  const { id, page } = useCase()
  const act = useAct(async (field) => {
    await send(casePath(id, 'recommendation-acts'), { act: actOf(one, field), reason: field('reason') })
    await reload()
    announce(`${one.id} was entered.`)
  })
  if (one.state === 'held' || one.state === 'dropped') return null
  return (
    <details key={one.state} className="act">
      <summary>{one.state === 'proposed' ? 'Adopt' : one.state === 'adopted' ? 'Done' : 'Test again'}</summary>
      <form onSubmit={act.submit}>
        <Fields one={one} />
        <label>
          <span>Why</span>
          <input name="reason" required maxLength={4000} />
        </label>
        <button type="submit" disabled={act.busy}>
          {act.busy ? 'Signing ...' : `Enter as ${page.actor}`}
        </button>
      </form>
      <Wrong failure={act.failure} />
    </details>
  )
}

function Fields({ one }: { readonly one: TrackedRecommendation }): ReactElement {
  if (one.state === 'proposed')
    return (
      <>
        <label>
          <span>Owner, by name</span>
          <input name="owner" required maxLength={200} />
        </label>
        <label>
          <span>By which day</span>
          <input name="due" type="date" required defaultValue={one.due} />
        </label>
      </>
    )
  if (one.state === 'adopted')
    return (
      <label>
        <span>What shows it</span>
        <textarea name="proof" rows={2} required maxLength={4000} />
      </label>
    )
  return (
    <>
      <label>
        <span>Result</span>
        <select name="result">
          <option value="holds">holds</option>
          <option value="fails">does not hold</option>
        </select>
      </label>
      <label>
        <span>Day of the test</span>
        <input name="on" type="date" required />
      </label>
      <label>
        <span>What was found</span>
        <textarea name="found" rows={2} required maxLength={4000} />
      </label>
    </>
  )
}

function actOf(one: TrackedRecommendation, field: (name: string) => string): object {
  const recommendation = one.id
  if (one.state === 'proposed') return { act: 'adopt', recommendation, owner: field('owner'), due: field('due') }
  if (one.state === 'adopted') return { act: 'done', recommendation, proof: field('proof'), exhibits: [] }
  const passed = field('result') === 'holds'
  return { act: 'retest', recommendation, passed, on: field('on'), found: field('found'), exhibits: [] }
}
