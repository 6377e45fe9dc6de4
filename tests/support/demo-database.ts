import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { copyOf, makeOnce } from './copy'

// The same for the journeys, which are told in the demonstration: it takes half a minute to make, and is made once.
const fill = (url: string) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'tests/support/fill-demo.ts'], {
    env: { ...process.env, DATABASE_URL: url },
  })
await makeOnce('template_demo', fill)
await copyOf('template_demo')
