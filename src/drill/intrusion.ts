import { toDatabase, type Taken } from './intrusion-data.ts'
import { entry } from './intrusion-entry.ts'
import { toApplication, toController } from './intrusion-movement.ts'
import type { Intrusion } from './intrusion-plan.ts'

/** Plays the whole intrusion into the logs: web server, application server, domain controller, jump host, CDR database. */
export function intrude(intrusion: Intrusion): Taken {
  const tomcat = entry(intrusion)
  const cmd = toApplication(intrusion, tomcat)
  toController(intrusion, cmd)
  return toDatabase(intrusion, cmd, tomcat)
}
