import { minuteMs } from '../calendar.ts'
import { explicitCredentials, logon } from './logon.ts'
import { remoteDesktop, type Foot } from './movement.ts'
import type { World } from './world.ts'

/** The prompt of an administrator on the jump host. */
export function onJumpHost(world: World, at: number, which: number): Foot & { readonly user: string } {
  const { estate } = world
  const admin = estate.admins[which % estate.admins.length] ?? estate.admins[0]
  if (admin === undefined) throw new Error('internal error: an estate without administrators')
  const desk = world.on(admin.home)
  const own = { user: admin.user.replace('adm.', ''), logonId: '0x3a44c' }
  explicitCredentials(desk, at - 900, { by: own, as: admin.user, to: 'localhost', process: 'C:\\Windows\\System32\\runas.exe' })
  const session = logon(desk, at - 800, { user: admin.user, type: 2, privileged: true, controller: world.controller(at) })
  const process = desk.start(at, { image: 'cmd.exe', parent: desk.running('explorer.exe', own), session })
  const there = remoteDesktop(
    world,
    { log: desk, process },
    { at: at + minuteMs, to: estate.one('jump'), user: admin.user, privileged: true },
  )
  const prompt = there.log.start(at + 2 * minuteMs, { image: 'cmd.exe', parent: there.process })
  return { log: there.log, process: prompt, user: admin.user }
}
