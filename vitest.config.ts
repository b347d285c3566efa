import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Projects whose files take longest come first, so that no worker is left alone with a long file at the end. */
const order = ['flow', 'engine', 'pure', 'server']
/** Files that make what others begin with (`test/flow/begun.ts`): the others would wait for them. */
const makers = /\/test\/flow\/(?:kill|determinism)\.test\.ts$/

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = (file: TestSpecification): number => order.indexOf(file.project.name) * 2 + (makers.test(file.moduleId) ? 0 : 1)
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
  }
}

const shared = { environment: 'node', pool: 'forks', testTimeout: 30_000, hookTimeout: 60_000 } as const

export default defineConfig({
  test: {
    // By itself the runner leaves one core idle.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        // A worker reads the modules once for all its files: none of them may leave anything behind in a module.
        test: {
          ...shared,
          name: 'pure',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.engine.test.ts', 'test/flow/**', 'test/browser/**', 'test/server/**'],
          isolate: false,
        },
      },
      {
        // One data directory per process: every file in a fork of its own.
        test: {
          ...shared,
          name: 'engine',
          include: ['test/**/*.engine.test.ts'],
          exclude: ['test/server/**'],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'flow',
          include: ['test/flow/**/*.test.ts', 'test/browser/**/*.test.ts'],
          globalSetup: ['test/flow/shared-folder.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        // One server for all of them.
        test: {
          ...shared,
          name: 'server',
          include: ['test/server/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
