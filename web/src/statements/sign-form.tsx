import { useRef, useState, type ReactElement } from 'react'
import type { KeptStatement, StatementList } from '../../../src/server/api.ts'
import { casePath, send } from '../api/request.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'
import { useAct } from '../people/use-act.ts'
import { Wrong } from '../parts/wrong.tsx'

/** Signs a statement off, or refuses it, for the role that the person's key carries; says who else has to. */
export function SignForm(props: {
  readonly one: KeptStatement
  readonly signsFor: StatementList['signsFor']
  readonly reload: () => Promise<void>
}): ReactElement {
  const { one, signsFor, reload } = props
  const { id, page } = useCase()
  const [answer, setAnswer] = useState<'yes' | 'no'>()
  const field = useRef<HTMLInputElement>(null)
  const { busy, failure, submit } = useAct(async (text) => {
    await send(casePath(id, 'statement-sign-offs'), { statement: one.id, role: text('role'), answer, reason: text('reason') })
    await reload()
    setAnswer(undefined)
    announce(`${one.id} is ${answer === 'yes' ? 'signed off' : 'refused'}.`)
  })
  if (signsFor.length === 0) return <Others one={one} />
  const open = (which: 'yes' | 'no'): void => {
    setAnswer(which)
    requestAnimationFrame(() => field.current?.focus())
  }
  return (
    <div className="ruling">
      <p className="acts">
        <button type="button" data-rule="adopt" aria-expanded={answer === 'yes'} onClick={() => open('yes')}>
          Sign off {one.id}
        </button>{' '}
        <button type="button" data-rule="reject" aria-expanded={answer === 'no'} onClick={() => open('no')}>
          Refuse {one.id}
        </button>
      </p>
      {answer !== undefined && (
        <form className="inline" onSubmit={submit}>
          <label>
            <span>For</span>
            <select name="role" defaultValue={signsFor.find((role) => one.missing.includes(role)) ?? signsFor[0]}>
              {signsFor.map((role) => (
                <option key={role} value={role}>
                  {role}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span>
              {answer === 'yes' ? 'Sign off' : 'Refuse'} as {page.actor}, because
            </span>
            <input ref={field} name="reason" required maxLength={4000} />
          </label>
          <button type="submit" disabled={busy}>
            {busy ? 'Signing ...' : answer === 'yes' ? 'Sign' : 'Refuse'}
          </button>{' '}
          <button type="button" className="plain" onClick={() => setAnswer(undefined)}>
            Cancel
          </button>
          <Wrong failure={failure} />
        </form>
      )}
    </div>
  )
}

/** Who has to sign, for a person whose key carries none of the roles. */
function Others({ one }: { readonly one: KeptStatement }): ReactElement {
  if (one.missing.length === 0) return <p className="soft small">All three have signed.</p>
  return (
    <p className="soft small">
      Signed by persons whose keys carry the roles: {one.missing.join(', ')}. Each serves this workspace in turn:{' '}
      <code>breachline serve --as NAME</code>
    </p>
  )
}
