import type { ReactElement } from 'react'
import type { KeptStatement } from '../../../src/server/api.ts'
import { casePath, send } from '../api/request.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { useAct } from '../people/use-act.ts'
import { Wrong } from '../parts/wrong.tsx'

/** Lets a signed statement leave: it is checked once more, and kept as released. */
export function ReleaseForm({
  one,
  reload,
}: {
  readonly one: KeptStatement
  readonly reload: () => Promise<void>
}): ReactElement {
  const { id, page } = useCase()
  const { busy, failure, submit } = useAct(async (text) => {
    const correcting = text('correcting')
    const more = correcting === '' ? {} : { correcting }
    await send(casePath(id, 'statement-releases'), { statement: one.id, to: text('to'), reason: text('reason'), ...more })
    await reload()
    announce(`${one.id} is recorded as released.`)
  })
  return (
    <details className="act">
      <summary>Release {one.id}</summary>
      <form onSubmit={submit}>
        <label>
          <span>To whom or where</span>
          <input name="to" required maxLength={1000} />
        </label>
        <label>
          <span>Why now</span>
          <input name="reason" required maxLength={4000} />
        </label>
        <label>
          <span>Where it differs from what was said before: why</span>
          <input name="correcting" maxLength={4000} />
        </label>
        <button type="submit" disabled={busy}>
          {busy ? 'Signing ...' : `Release as ${page.actor}`}
        </button>
      </form>
      <Wrong failure={failure} />
    </details>
  )
}
