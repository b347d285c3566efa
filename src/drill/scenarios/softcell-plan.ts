import { dayMs } from '../calendar.ts'
import type { Random } from '../random.ts'
import { brought } from './actor.ts'
import type { Attack } from './attack.ts'
import type { Account, Host } from './estate.ts'
import { localService } from './identity.ts'
import type { Foot } from './movement.ts'
import { request } from './web-requests.ts'
import type { Process } from './windows-log.ts'
import { midnight, type World } from './world.ts'

/** Windows logs reach back to here; the first wave came before. */
export const softcellPeriod = { from: midnight('2026-03-30'), days: 150 }
/** Web logs reach back to here. */
export const softcellWebPeriod = { from: midnight('2025-11-17'), days: 283 }

/** What one campaign draws before it begins: hosts, accounts, names, addresses. */
export interface Plan {
  readonly world: World
  readonly attack: Attack
  readonly random: Random
  /** Where things that the actor brings along are drawn from: by the name of the thing. */
  brings(thing: string): Random
  readonly web: Host
  readonly app: Host
  /** Other application servers on the way to the directory: none, one or two. */
  readonly further: readonly Host[]
  readonly controller: Host
  readonly jump: Host
  readonly database: Host
  /** Whose secrets are found on the web server, and those used towards the domain controller. */
  readonly stolen: Account
  readonly admin: Account
  /** The login the intruders make. */
  readonly made: string
  readonly shell: { readonly folder: string; readonly name: string; readonly path: string }
  /** How the upload is written that climbs out of its folder, what the web shell's client calls itself, and as what archives go out. */
  readonly manner: { readonly climb: string; readonly agent: string; readonly disguise: string }
  readonly clients: readonly string[]
  readonly relay: string
  readonly relayName: string
  readonly bridge: { readonly folder: string; readonly image: string; readonly service: string }
  /** First moments of the waves. */
  readonly waves: readonly [number, number, number]
}

const manners = {
  climb: ['..%2f..%2f', '..%5c..%5c', '%2e%2e%2f%2e%2e%2f', '..%252f..%252f'],
  agent: [
    'Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/89.0.4389.90 Safari/537.36',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:139.0) Gecko/20100101 Firefox/139.0',
    'Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0)',
  ],
  disguise: ['png', 'jpg', 'gif'],
} as const
const bridges = [
  ['ProgramData\\Intel\\Shader', 'igfxbridge.exe', 'IGFXBRIDGE'],
  ['ProgramData\\NetAssist', 'nasvc.exe', 'NASVC'],
  ['Windows\\Help\\en-GB', 'hlpsvc.exe', 'HLPSVC'],
] as const

/** Draws a campaign. */
export function planSoftcell(world: World, attack: Attack): Plan {
  const { estate } = world
  const random = world.random('softcell', attack.number)
  const web = estate.one(random.pick(['portal', 'selfcare'] as const))
  const brings = (thing: string): Random => brought(world.actor, thing, random)
  const stem = brings('web shell')
  const name = `${stem.pick(['help', 'view', 'img', 'error_'])}${stem.between(1, 99)}.${web.role === 'portal' ? 'aspx' : 'jsp'}`
  const path = web.role === 'portal' ? `/dealer/forms/${name}` : `/selfcare/uploads/${name}`
  const folder = web.role === 'portal' ? 'inetpub\\wwwroot\\dealer\\forms' : 'Tomcat9\\webapps\\selfcare\\uploads'
  const relayName = brings('name of the relay')
  const [bridgeFolder, bridgeName, service] = brings('bridge').pick(bridges)
  // Without an actor the estate's own sequence goes on as it did.
  const way = (kind: keyof typeof manners): string =>
    world.actor === undefined ? manners[kind][0] : brings(`manner: ${kind}`).pick<string>(manners[kind])
  const [app, ...rest] = random.shuffled(estate.of('application'))
  const [stolen, admin] = random.shuffled(estate.admins)
  if (app === undefined || stolen === undefined || admin === undefined)
    throw new Error('internal error: the estate is too small for a campaign')
  return {
    world,
    attack,
    random,
    brings,
    web,
    app,
    further: rest.slice(0, random.between(0, 2)),
    controller: random.pick(estate.of('controller')),
    jump: random.pick(estate.of('jump')),
    database: estate.one('database'),
    stolen,
    admin,
    made: `MERIDIAN\\${random.pick(['svc_print', 'svc_sync', 'helpdesk2', 'exch.health'])}`,
    shell: { folder, name, path },
    manner: { climb: way('climb'), agent: way('agent'), disguise: way('disguise') },
    clients: [
      `203.0.113.${brings('first address').between(210, 238)}`,
      `198.51.100.${brings('second address').between(200, 250)}`,
    ],
    relayName: `${relayName.pick(['update', 'cdn', 'img'])}.${relayName.hex(5)}.dyn.example`,
    relay: `198.51.100.${brings('relay').between(150, 175)}`,
    bridge: { folder: bridgeFolder, image: `C:\\${bridgeFolder}\\${bridgeName}`, service },
    waves: [
      world.web.from + random.between(14, 26) * dayMs + random.below(dayMs),
      world.from + random.between(14, 24) * dayMs + random.below(dayMs),
      world.from + random.between(116, 132) * dayMs + random.below(dayMs),
    ],
  }
}

/** The process behind the web server that runs what the web shell is told. */
function worker(plan: Plan): Process {
  const log = plan.world.on(plan.web)
  return plan.web.role === 'portal'
    ? log.running('C:\\Windows\\System32\\inetsrv\\w3wp.exe', { user: 'IIS APPPOOL\\DealerPool', logonId: '0x8a1f3' })
    : log.running('C:\\Tomcat9\\bin\\tomcat9.exe', localService)
}

/** A request to the web shell. */
export function askShell(plan: Plan, at: number, wave: 0 | 1, bytes: number): void {
  request(plan.world, plan.web, {
    at,
    client: plan.clients[wave] ?? '',
    method: 'POST',
    path: plan.shell.path,
    status: 200,
    bytes,
    agent: plan.manner.agent,
  })
}

/** A command through the web shell: the request, the prompt it starts, the program. Returns the program. */
export function shellCommand(plan: Plan, at: number, command: string, image?: string): Foot {
  askShell(plan, at, 1, 120 + command.length * 17)
  const log = plan.world.on(plan.web)
  const home = `C:\\${plan.shell.folder}`
  const prompt = log.start(at + 240, {
    image: 'cmd.exe',
    line: `"cmd" /c cd /d "${home}"&${command}&echo [S]&cd&echo [E]`,
    parent: worker(plan),
  })
  return { log, process: image === undefined ? prompt : log.start(at + 420, { image, line: command, parent: prompt }) }
}
