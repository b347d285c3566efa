import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { fault, UserError, type Fault } from '../base/index.ts'
import {
  designations,
  readCalendars,
  readLaws,
  withOwnCalendars,
  type Designation,
  type HolidayCalendar,
  type Law,
} from '../response/index.ts'
import { knownCalendars } from './due.ts'
import type { Workspace } from './workspace.ts'

/** What the operator keeps to itself: duties from licences, listing rules, contracts and policies, own calendars, designations. */
export interface PrivateDue {
  readonly laws: readonly Law[]
  /** Own lists of holidays before shipped ones, year by year. */
  readonly calendars: readonly HolidayCalendar[]
  readonly designations: Readonly<Partial<Record<Designation, 'yes' | 'no'>>>
  /** Files that do not fit: shown wherever clocks are. */
  readonly faults: readonly Fault[]
}

const stated = z.partialRecord(
  z.enum(designations),
  z.strictObject({ answer: z.enum(['yes', 'no']), by: z.string(), reason: z.string(), at: z.string() }),
)

/**
 * Reads the folder `private/` of a workspace. It lies outside `cases/`: nothing of it is in a case, a finding or an export. An own file that
 * calls itself a law is refused: only duties of the operator's own belong there.
 */
export function privateDue(workspace: Pick<Workspace, 'path'>): PrivateDue {
  const own = readLaws(filesOf(workspace, 'laws'))
  const calendars = readCalendars(filesOf(workspace, 'calendars'))
  const strange = own.laws.filter((one) => one.origin === 'law')
  return {
    laws: own.laws.filter((one) => one.origin !== 'law'),
    calendars: withOwnCalendars(calendars.calendars, knownCalendars()),
    designations: Object.fromEntries(Object.entries(readDesignations(workspace)).map(([name, one]) => [name, one?.answer])),
    faults: [
      ...own.faults,
      ...calendars.faults,
      ...strange.map((one) =>
        fault(
          'law-origin-own',
          `The own file of "${one.id}" says origin "law".`,
          { file: `private/laws (${one.id})`, field: 'origin' },
          'Write where the duty comes from: licence, listing, contract or insurance.',
        ),
      ),
    ],
  }
}

/** Records whether an authority has designated the operator, in `private/designations.json`: by whom, why and when. */
export function sayDesignation(
  directory: string,
  said: {
    readonly designation: Designation
    readonly answer: 'yes' | 'no'
    readonly by: string
    readonly reason: string
    readonly at: string
  },
): void {
  const { designation, ...rest } = said
  const workspace = { path: (...parts: string[]): string => join(directory, ...parts) }
  const all = { ...readDesignations(workspace), [designation]: rest }
  mkdirSync(workspace.path('private'), { recursive: true, mode: 0o700 })
  writeFileSync(workspace.path('private', 'designations.json'), `${JSON.stringify(all, undefined, 2)}\n`, { mode: 0o600 })
}

function readDesignations(workspace: Pick<Workspace, 'path'>): z.infer<typeof stated> {
  const path = workspace.path('private', 'designations.json')
  if (!existsSync(path)) return {}
  try {
    return stated.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw new UserError({
      code: 'designations-invalid',
      message: `${path} is not what "breachline laws designation" writes`,
      hint: 'state the designations again with "breachline laws designation", after moving that file away',
      cause,
    })
  }
}

function filesOf(workspace: Pick<Workspace, 'path'>, folder: string): { readonly name: string; readonly text: string }[] {
  const path = workspace.path('private', folder)
  if (!existsSync(path)) return []
  return readdirSync(path)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => ({ name: `private/${folder}/${name}`, text: readFileSync(workspace.path('private', folder, name), 'utf8') }))
}
