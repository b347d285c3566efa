// Writes data/attack-groups-fit.json, the constants of attribution, from data/attack-groups.json: node scripts/attack-groups-fit.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { attributed, fitted, leaveOneOut, shownShare, type GroupsTable } from '../bench/attribution/leave-one-out.ts'

const data = join(import.meta.dirname, '..', 'data')
const read = (name: string): object => JSON.parse(readFileSync(join(data, name), 'utf8')) as object
const table = { ...read('attack-groups.json'), ...read('attack-tools.json') } as GroupsTable
const shown = shownShare(attributed(leaveOneOut(table, 0)))
const cases = attributed(leaveOneOut(table, shown))
const { temperature, unknown, logLoss } = fitted(cases)
const fit = {
  fitted: new Date().toISOString().slice(0, 10),
  version: table.attack.version,
  campaigns: cases.length,
  temperature,
  unknown,
  shown,
}
writeFileSync(join(data, 'attack-groups-fit.json'), `${JSON.stringify(fit, undefined, 2)}\n`)
process.stdout.write(`${cases.length} campaigns: ${JSON.stringify(fit)}, mean log-loss ${logLoss.toFixed(3)}\n`)
