import { Hono } from 'hono'
import type { Desk, ExposureView } from '../app/index.ts'

/** What stands open in the estate, mounted under `/api/exposure`: it is of the workspace, not of a case. */
export function exposureRoutes(desk: Desk): Hono {
  const app = new Hono()
  app.get('/', (context) => context.json<ExposureView>(desk.exposure()))
  return app
}
