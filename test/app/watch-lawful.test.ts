import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { following, marksIn, request, watchFolder } from './watch-run.ts'

const provisioning = Array.from(
  { length: 40 },
  (_, at) =>
    `2026-01-01T00:00:${String(at).padStart(2, '0')}Z df-1 adm[77]: task ${at} provisioned by ADMF, delivery to LEMF 192.0.2.7\n`,
).join('')

test('a log of lawful interception is not followed: named it is refused, in a folder it is passed over and told; nothing of it is kept', async () => {
  const at = watchFolder()
  const log = join(at.logs, 'df.log')
  writeFileSync(log, provisioning)
  writeFileSync(join(at.logs, 'access.log'), request(1, { mark: true }))
  await expect(following(at, { paths: [log], once: true }).ended).rejects.toThrow('a log of lawful interception')
  const summary = await following(at, { paths: [at.logs], once: true }).ended
  expect(summary).toMatchObject({ sources: 1, passedOver: 1, events: 1, detections: 1 })
  expect(summary.faultList.map(({ code }) => code)).toEqual(['lawful-disclosure-refused'])
  const kept = join(at.workspace, 'watch', 'segments')
  expect(existsSync(kept) ? readdirSync(kept).filter((name) => name.includes('df')) : []).toEqual([])
})

test('a log that speaks of it in passing is followed', async () => {
  const at = watchFolder()
  const log = join(at.logs, 'access.log')
  writeFileSync(log, request(1, { mark: true }) + request(2).replace('/p.jsp', '/lemf.jsp'))
  const run = following(at, { paths: [log], once: true })
  expect(await run.ended).toMatchObject({ events: 2, detections: 1 })
  expect(marksIn(run.entries)).toEqual([1])
})
