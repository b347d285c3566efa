import { Hono } from 'hono'
import type { Desk } from '../app/index.ts'
import type { ApiError } from './api.ts'
import { refused } from './error-of.ts'
import { caseRoutes } from './routes-case.ts'
import { doingRoutes } from './routes-doing.ts'
import { dueRoutes } from './routes-due.ts'
import { exposureRoutes } from './routes-exposure.ts'
import { intakeRoutes, type Turn } from './routes-intake.ts'
import { leavingRoutes } from './routes-leaving.ts'
import { playbookRoutes } from './routes-playbook.ts'
import { reidentifyRoutes } from './routes-reidentify.ts'
import { shareRoutes } from './routes-share.ts'
import { statementRoutes } from './routes-statement.ts'
import { storyRoutes } from './routes-story.ts'

/** Every route under `/api` over the desk of one person; `turn` is shared by all desks of a workspace. */
export function apiOf(desk: Desk, turn: Turn): Hono {
  const app = new Hono()
  for (const routes of [dueRoutes, playbookRoutes, statementRoutes, doingRoutes, leavingRoutes, reidentifyRoutes])
    app.route('/api/cases', routes(desk))
  app.route('/api/cases', intakeRoutes(desk, turn))
  app.route('/api/cases', caseRoutes(desk))
  app.route('/api/cases', storyRoutes(desk.stories))
  app.route('/api/cases', shareRoutes(desk))
  app.route('/api/exposure', exposureRoutes(desk))
  app.all('/api/*', (context) =>
    context.json<ApiError>(
      { error: { code: 'no-such-route', message: 'there is no such route', hint: 'see src/server/api.ts' } },
      404,
    ),
  )
  app.onError(refused)
  return app
}
