import type { Desk } from '../app/index.ts'
import type { Errand } from './errand.ts'
import { remoteDoing } from './remote-doing.ts'
import { remoteDuties } from './remote-duties.ts'
import { remoteIntake } from './remote-intake.ts'
import { remoteLeaving } from './remote-leaving.ts'
import { remotePlaybooks } from './remote-playbooks.ts'
import { remoteStatements } from './remote-statements.ts'
import type { Served } from './served.ts'

type Cases = { readonly cases: ReturnType<Desk['cases']>; readonly actor: string; readonly key: string }

/** The acts of the desk through the process that serves. `cwd`: what paths of files are relative to. */
export async function remoteErrand(served: Served, cwd: string): Promise<Errand> {
  const { call } = served
  const of = (id: string): string => `/${encodeURIComponent(id)}`
  const { actor, key } = await call<Cases>('')
  return {
    actor,
    key,
    cases: async () => (await call<Cases>('')).cases,
    page: (id) => call(of(id)),
    openCite: (id, cite, purpose) => call(`${of(id)}/cite`, { cite, ...(purpose === undefined ? {} : { purpose }) }),
    rule: (id, ruling) => call(`${of(id)}/rulings`, ruling),
    note: (id, note) => call(`${of(id)}/notes`, note),
    decide: (id, { moment, ...rest }) =>
      call(`${of(id)}/decisions`, { ...rest, ...(moment === undefined ? {} : { moment: moment.at }) }),
    changeStories: (id, asked) => call(`${of(id)}/story-changes`, asked),
    lostNext: (id, period = {}) => call(`${of(id)}/lost-next?${new URLSearchParams({ ...period }).toString()}`),
    preservation: (id, request) => call(`${of(id)}/preservation`, request),
    recordLoss: (id, loss) => call(`${of(id)}/losses`, loss),
    share: (id, asked) => call(`${of(id)}/share`, asked),
    reidentify: {
      list: async () => (await call<{ requests: Awaited<ReturnType<Desk['reidentify']['list']>> }>('/-/reidentify')).requests,
      approve: (n, reason) => call('/-/reidentify', { n, reason }),
    },
    intake: remoteIntake(served, cwd),
    duties: remoteDuties(call),
    playbooks: remotePlaybooks(call),
    statements: remoteStatements(call),
    ...remoteDoing(call),
    ...remoteLeaving(call),
  }
}
