import type { Sighting } from '../sighting.ts'
import type { Move } from './control.ts'
import type { TraceKind } from './trace.ts'

/** The rule that a move stands under in a story. */
export const remoteControl = 'breachline:remote-control'

/** A source that controls as many hosts in a day with one account manages them. */
const managedHosts = 10

/** Records that show something started on the target from elsewhere, with the technique of ATT&CK each stands for. */
const started: Readonly<Partial<Record<TraceKind, string>>> = {
  'process made through WMI': 'T1047',
  'process of remote management': 'T1021.006',
  'remote management': 'T1021.006',
  'service installed': 'T1569.002',
  'service manager opened': 'T1021.002',
  'program written to an administrative share': 'T1021.002',
  'task made': 'T1053.005',
  'process of the session': 'T1021',
  'remote procedure call': 'T1021.003',
  'endpoint mapper asked': 'T1021.003',
  'password of the computer set without a name': 'T1210',
}

/**
 * Moves as a story sees them: that one host started something on another is worth a look where no rule fires, unless the source does so with many hosts in a
 * day. Sessions that a person works in (desktop, shell) are no sign by themselves, but under an account that came from a place new for it (`astray`) they are.
 */
export function sightingsOfMoves(moves: readonly Move[], astray: (move: Move) => boolean = () => false): readonly Sighting[] {
  const managed = managedPairs(moves)
  return moves.flatMap((move): Sighting[] => {
    const techniques = [...new Set(move.means.flatMap((kind) => started[kind] ?? []))].toSorted()
    if ((techniques.length === 0 && !astray(move)) || managed.has(daily(move))) return []
    return [
      {
        time: move.time,
        host: move.to,
        account: move.account,
        sourceIp: '',
        controlledFrom: move.from,
        rule: remoteControl,
        title: `Controlled from ${move.from}`,
        level: 'medium',
        tactics: ['lateral-movement'],
        techniques: techniques.length === 0 ? ['T1021'] : techniques,
        eventClass: '',
        process: '',
        commandLine: '',
        parentProcess: '',
        bytesOut: -1,
        cite: move.cites[0] as Sighting['cite'],
        restsOn: { events: move.cites.length, cites: move.cites },
      },
    ]
  })
}

function daily(move: Move): string {
  return `${move.time.slice(0, 10)} ${move.from} ${move.account}`
}

function managedPairs(moves: readonly Move[]): ReadonlySet<string> {
  const hosts = new Map<string, Set<string>>()
  for (const move of moves) hosts.set(daily(move), (hosts.get(daily(move)) ?? new Set()).add(move.to))
  return new Set([...hosts].filter(([, targets]) => targets.size >= managedHosts).map(([key]) => key))
}
