import { calendar, minuteMs } from './calendar.ts'
import type { Estate, Machine } from './estate.ts'
import type { HostLog } from './host-log.ts'
import type { PlainStatement } from './pgaudit.ts'
import { Random } from './random.ts'
import type { WebRequest } from './web-log.ts'

/** One stage of the intrusion, for the sealed truth. */
export interface Stage {
  readonly stage: string
  readonly host: string
  readonly at: number
}

/** What the intruder has and does; the stages write into the logs of the computers they touch. */
export interface Intrusion {
  readonly estate: Estate
  readonly logs: ReadonlyMap<Machine, HostLog>
  readonly random: Random
  /** Domain service account, domain administrator, and the account the intruder makes. */
  readonly serviceAccount: string
  readonly administrator: string
  readonly madeAccount: string
  readonly databaseAccount: string
  readonly shellPath: string
  readonly shellName: string
  readonly addresses: readonly [entry: string, later: string]
  readonly relayAddress: string
  readonly requests: WebRequest[]
  readonly statements: PlainStatement[]
  readonly stages: Stage[]
  /** Epoch milliseconds of a minute of the plan. */
  at(minute: number): number
  log(machine: Machine): HostLog
  note(stage: string, machine: Machine, at: number): void
}

/** Draws names, addresses and the pace of an intrusion. */
export function planIntrusion(options: {
  readonly seed: number
  readonly estate: Estate
  readonly logs: ReadonlyMap<Machine, HostLog>
  readonly databaseAccount: string
}): Intrusion {
  const { estate, logs } = options
  const random = new Random(options.seed, 'intrusion')
  // A faster or slower hand; never so slow that two hops lie six hours apart.
  const pace = 0.9 + 0.25 * random.unit()
  const shellName = `${random.pick(['img', 'avatar', 'doc', 'thumb'])}_${random.hex(6)}.jsp`
  const stages: Stage[] = []
  return {
    estate,
    logs,
    random,
    serviceAccount: `MERIDIAN\\${random.pick(['svc_deploy', 'svc_release', 'svc_patch'])}`,
    administrator: `MERIDIAN\\adm.${random.pick(['rosli', 'kelvin', 'prema', 'hadi', 'suzana'])}`,
    madeAccount: `MERIDIAN\\${random.pick(['svc_sqlmon', 'svc_health', 'svc_inv2', 'svc_wsus2'])}`,
    databaseAccount: options.databaseAccount,
    shellPath: `/selfcare/uploads/${shellName}`,
    shellName,
    addresses: [`203.0.113.${random.between(10, 120)}`, `203.0.113.${random.between(130, 250)}`],
    relayAddress: `198.51.100.${random.between(10, 250)}`,
    requests: [],
    statements: [],
    stages,
    at: (minute) => Math.floor(calendar.attack + minute * pace * minuteMs),
    log(machine) {
      const log = logs.get(machine)
      if (log === undefined) throw new Error(`internal error: no log for ${machine.role}`)
      return log
    },
    note: (stage, machine, at) => stages.push({ stage, host: machine.name.toLowerCase(), at }),
  }
}
