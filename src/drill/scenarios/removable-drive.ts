import { minuteMs } from '../calendar.ts'
import type { Attack } from './attack.ts'
import { atDesk, plugIn } from './desk.ts'
import { fromDesk } from './from-desk.ts'
import type { World } from './world.ts'

/** A drive is plugged in at a desk, and a script or a program of it is started by hand. What runs then goes on from the desk. */
export function removableDrive(world: World, attack: Attack): void {
  const { estate } = world
  const random = world.random('removable-drive', attack.number)
  const user = random.pick(estate.users.slice(estate.admins.length))
  const at = world.working(12 + random.below(9), random.unit() * 0.5)
  const letter = random.pick(['E', 'F', 'G'])
  const foot = atDesk(world, user, at - 3 * minuteMs)
  plugIn(foot, at - 2 * minuteMs, { maker: 'Generic', product: 'Flash Disk', letter })
  const stem = random.pick(['photos', 'salaries', 'list'])
  const script = random.chance(0.5)
  const image = script ? 'wscript.exe' : `${letter}:\\${stem}.exe`
  const process = foot.log.start(at, {
    image,
    line: script ? `"C:\\Windows\\System32\\wscript.exe" "${letter}:\\docs\\${stem}.js"` : `"${image}"`,
    parent: foot.process,
  })
  attack.enter(at, user.home, { kind: 'removable-drive', addresses: [], account: user.user })
  attack.compromise(user.home)
  attack.stage(at, user.home, 'initial-access')
  fromDesk(world, attack, { foot: { log: foot.log, process }, user, at: at + minuteMs, random })
}
