import type { Actor } from './actor.ts'

/** The intrusions that can be generated, and ordinary work without one. */
export const intrusionNames = [
  'softcell',
  'vendor-vpn',
  'api-enumeration',
  'insider-export',
  'router-implant',
  'cloud-warehouse',
  'mail-attachment',
  'removable-drive',
] as const
export const scenarioNames = [...intrusionNames, 'benign'] as const

export type IntrusionName = (typeof intrusionNames)[number]
export type ScenarioName = (typeof scenarioNames)[number]

/** What may differ between two estates of one seed. */
export interface ScenarioOptions {
  /** Computers and devices, 26 to 400; 30 unless told, 200 for `benign`. */
  readonly hosts?: number
  /** Share of the ordinary work that is told, 0.05 to 1; all of it unless told. The attack stays whole. */
  readonly work?: number
  /** False: no Sysmon anywhere; processes are then told by Security 4688 alone. */
  readonly sysmon?: boolean
  /** Share of all records that is lost at random, 0 to 0.9. */
  readonly drop?: number
  /** True: one host on the path of the attack sends nothing while the attack is on it. */
  readonly silentHost?: boolean
  /** A second attacker in the same estate, at the same time, by other ways. */
  readonly second?: IntrusionName
  /** Clocks of hosts are off by up to so many seconds; those of domain controllers and network devices are right. */
  readonly clockSkew?: number
  /** Whose campaign it is, where one actor hits several estates (`softcell`). */
  readonly actor?: Actor
  /** What was logged until then (ISO time, by the clocks of the hosts); later records are not written yet. */
  readonly until?: string
}
