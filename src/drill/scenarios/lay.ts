import { laterBy } from './actor.ts'
import { apiEnumeration } from './api-enumeration.ts'
import type { Attack } from './attack.ts'
import { cloudWarehouse } from './cloud-warehouse.ts'
import { insiderExport } from './insider-export.ts'
import { mailAttachment } from './mail-attachment.ts'
import { removableDrive } from './removable-drive.ts'
import { routerImplant } from './router-implant.ts'
import type { IntrusionName, ScenarioName, ScenarioOptions } from './scenario.ts'
import { softcell } from './softcell.ts'
import { softcellPeriod, softcellWebPeriod } from './softcell-plan.ts'
import { vendorVpn } from './vendor-vpn.ts'
import { midnight, type World } from './world.ts'

/** A stretch of days from a midnight on. */
interface Period {
  readonly from: number
  readonly days: number
}

/** Ordinary work of most scenarios: thirty days. */
const month: Period = { from: midnight('2026-08-03'), days: 30 }

/** When the ordinary work goes on, and how far web logs reach back. */
export function periodsOf(
  scenario: ScenarioName,
  { second, actor }: Pick<ScenarioOptions, 'second' | 'actor'>,
): { readonly work: Period; readonly web: Period } {
  const long = scenario === 'softcell' || second === 'softcell'
  const later = (period: Period): Period => ({ from: period.from + laterBy(actor), days: period.days })
  return long ? { work: later(softcellPeriod), web: later(softcellWebPeriod) } : { work: later(month), web: later(month) }
}

/** Lays an attack into the world; everything recorded meanwhile is the attacker's. */
export function layAttack(world: World, attack: Attack): void {
  const lay: Readonly<Record<IntrusionName, (world: World, attack: Attack) => void>> = {
    softcell,
    'vendor-vpn': vendorVpn,
    'api-enumeration': apiEnumeration,
    'insider-export': insiderExport,
    'router-implant': routerImplant,
    'cloud-warehouse': cloudWarehouse,
    'mail-attachment': mailAttachment,
    'removable-drive': removableDrive,
  }
  world.recorder.attacker = attack.number
  lay[attack.scenario](world, attack)
  world.recorder.attacker = 0
}
