import { dayMs, dayOf, hourMs, minuteMs, weekday } from '../calendar.ts'
import { Random } from '../random.ts'
import type { Actor } from './actor.ts'
import type { Estate, Host } from './estate.ts'
import type { Recorder } from './recorder.ts'
import { WindowsLog } from './windows-log.ts'

/** Midnight of the operator's zone at the beginning of a day. */
export function midnight(day: string): number {
  return dayOf(day) * dayMs - 8 * hourMs
}

/** The estate in time: where everything that happens is told to. */
export interface World {
  readonly seed: number
  readonly estate: Estate
  readonly recorder: Recorder
  readonly sysmon: boolean
  /** Ordinary work goes on from here for so many days; Windows logs are kept for them. */
  readonly from: number
  readonly days: number
  /** Web servers' logs are kept from here, for so many days. */
  readonly web: { readonly from: number; readonly days: number }
  /** Share of ordinary events that is told, so that long periods and large estates stay of a sensible size. */
  readonly density: number
  /** How much of a day's work is told of one by one: 1 to 3, more in small estates. */
  readonly detail: number
  /** Share of what databases, web servers, routers and the warehouse have to tell. */
  readonly share: number
  /** Whose campaign is laid into it, where one actor hits several estates. */
  readonly actor?: Actor
  /** A sequence of random numbers of its own. */
  random(...labels: readonly (string | number)[]): Random
  /** The logs of a Windows computer. */
  on(host: Host): WindowsLog
  /** The domain controller that answers at a time. */
  controller(at: number): WindowsLog
  /** A working moment of day `day` of the period: in office hours, on the next weekday; `spread` from 0 (nine o'clock) to 1 (six o'clock). */
  working(day: number, spread: number): number
}

/** Makes a world of an estate. */
export function makeWorld(options: {
  readonly seed: number
  readonly estate: Estate
  readonly recorder: Recorder
  readonly sysmon: boolean
  readonly from: number
  readonly days: number
  readonly web: World['web']
  readonly density: number
  readonly detail: number
  readonly share: number
  readonly actor?: Actor
}): World {
  const { seed, estate, recorder, sysmon, from } = options
  const logs = new Map<string, WindowsLog>()
  const on = (host: Host): WindowsLog => {
    if (host.system !== 'windows') throw new Error(`internal error: ${host.name} has no Windows logs`)
    const log = logs.get(host.name) ?? new WindowsLog({ host, recorder, seed, dns: estate.dns, sysmon })
    logs.set(host.name, log)
    return log
  }
  const controllers = estate.of('controller')
  return {
    ...options,
    random: (...labels) => new Random(seed, 'scenario', ...labels),
    on,
    controller: (at) => on(controllers[Math.floor(at / minuteMs) % controllers.length] ?? estate.one('controller')),
    working: (day, spread) => {
      let at = from + day * dayMs + 9 * hourMs + Math.floor(spread * 9 * hourMs)
      while (weekday(at) === 0 || weekday(at) === 6) at += dayMs
      return at
    },
  }
}
