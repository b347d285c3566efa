import { utcIso } from '../calendar.ts'
import { Random } from '../random.ts'
import type { Account } from './estate.ts'
import type { World } from './world.ts'

/** The mail server that keeps the log; nothing else of it is collected. */
const server = 'mbx-01'

/** A mail reaches a mailbox: the message tracking log of Exchange. */
export function delivered(
  world: World,
  one: { readonly at: number; readonly to: Account; readonly from: string; readonly subject: string; readonly bytes: number },
): void {
  const path = 'logs/exchange-tracking.log'
  world.recorder.file(path, [
    '#Software: Microsoft Exchange Server',
    '#Version: 15.02.1118.007',
    '#Log-type: Message Tracking Log',
    `#Date: ${utcIso(world.from).slice(0, 23)}Z`,
    '#Fields: date-time,client-ip,client-hostname,server-ip,server-hostname,source,event-id,internal-message-id,message-id,recipient-address,total-bytes,message-subject,sender-address',
  ])
  const time = `${utcIso(world.recorder.clock(server, one.at)).slice(0, 23)}Z`
  const id = new Random(world.seed, 'mail', one.to.name, one.at).hex(12)
  const inside = one.from.endsWith(`@${world.estate.dns}`)
  const client = inside ? `${world.estate.net(2)}.9,${server}` : '203.0.113.90,mx-in'
  world.recorder.add(path, {
    host: server,
    at: one.at,
    text: `${time},${client},${world.estate.net(2)}.9,${server},STOREDRIVER,DELIVER,${Number.parseInt(id.slice(0, 6), 16)},<${id}@${one.from.split('@')[1] ?? ''}>,${addressOf(world, one.to)},${one.bytes},${one.subject},${one.from}`,
  })
}

/** The mailbox of a login. */
export function addressOf({ estate }: World, { name }: Pick<Account, 'name'>): string {
  return `${name}@${estate.dns}`
}
